package io.carillon.cluster.replication.raft;

import io.carillon.cluster.replication.raft.Messages.Place;
import io.carillon.cluster.replication.raft.Messages.Ticket;
import io.microraft.impl.log.RaftLog;
import io.microraft.impl.state.FollowerState;
import io.microraft.impl.state.LeaderState;
import io.microraft.model.log.LogEntry;
import io.microraft.model.message.AppendEntriesFailureResponse;
import io.microraft.model.message.AppendEntriesRequest;
import io.microraft.model.message.AppendEntriesSuccessResponse;
import io.microraft.model.message.InstallSnapshotRequest;
import io.microraft.model.message.PreVoteResponse;
import io.microraft.model.message.RaftMessage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Brings what other replicas say to MicroRaft, around what its release 0.7 gets wrong. Each way
 * around has its reason beside it; the simulator fails without it. On the shard's loop.
 */
final class Intake {
    private final GroupNode node;
    private final Applier applier;
    private final WriteGate gate;
    private final Outbox outbox;
    private final Messages messages;
    private final Seat self;
    private final SnapshotInstall install;

    Intake(
            GroupNode node,
            Applier applier,
            WriteGate gate,
            Outbox outbox,
            Messages messages,
            Seat self,
            SnapshotInstall install) {
        this.node = node;
        this.applier = applier;
        this.gate = gate;
        this.outbox = outbox;
        this.messages = messages;
        this.self = self;
        this.install = install;
    }

    void take(Message.Raft raft) {
        RaftMessage message = raft.message();
        if (message instanceof AppendEntriesRequest request) {
            takeEntries(request);
        } else if (message instanceof InstallSnapshotRequest offer) {
            takeOffer(offer);
        } else if (message instanceof AppendEntriesSuccessResponse answer) {
            // One of an earlier term of this leader's is about another log; only newer terms are
            // looked at.
            if (answer.getTerm() >= node.term()) {
                node.handle(answer);
            }
        } else if (message instanceof AppendEntriesFailureResponse refusal) {
            if (refusal.getTerm() >= node.term()) {
                node.handle(stepBack(refusal, raft.lastLogIndex()));
            }
        } else if (message instanceof PreVoteResponse vote) {
            // A refusal with a higher term is ignored, so that the longer log, if its term is
            // lower, could never win.
            if (!vote.isGranted() && vote.getTerm() > node.term() + 1 && node.follows()) {
                node.adoptTerm(vote.getTerm());
            }
            node.handle(vote);
        } else {
            node.handle(message);
        }
    }

    private void takeEntries(AppendEntriesRequest request) {
        if (request.getTerm() < node.term()) {
            node.handle(request); // which refuses it
        } else if (install.isOpen()) {
            node.handle(heartbeat(request, ticketOf(request)));
            install.want((Seat) request.getSender());
        } else {
            takeCurrent(request);
        }
    }

    /**
     * A follower does not find the entry at its own cut any more, nor those before, and would
     * refuse for ever what follows on it. All that is cut off is committed, so the leader has it,
     * too: what follows is compared from the cut on.
     */
    private void takeCurrent(AppendEntriesRequest request) {
        RaftLog log = node.log();
        long cut = log.snapshotIndex();
        long previous = request.getPreviousLogIndex();
        if (previous > cut
                || cut == 0
                || (previous == cut && node.lastIndex() == cut)
                || log.containsLogEntry(Math.max(1, previous))) {
            node.handle(request);
            return;
        }
        List<LogEntry> behindCut =
                request.getLogEntries().stream().filter(each -> each.getIndex() > cut).toList();
        if (behindCut.isEmpty()) {
            node.handle(heartbeat(request, ticketOf(request)));
            answerHas(request, cut);
            return;
        }
        int cutTerm = node.termOf(cut);
        LogEntry own = log.getLogEntry(cut + 1);
        if (own == null) {
            node.handle(messages.append(request, new Place(cut, cutTerm), behindCut));
        } else if (own.getTerm() == behindCut.getFirst().getTerm()) {
            // The same entry: it is what the others follow on.
            List<LogEntry> rest = behindCut.subList(1, behindCut.size());
            node.handle(messages.append(request, new Place(cut + 1, own.getTerm()), rest));
        } else {
            if (request.getTerm() > node.term() || !node.follows()) {
                node.adoptTerm(request.getTerm());
            }
            node.truncateFrom(cut + 1);
            node.handle(messages.append(request, new Place(cut, cutTerm), behindCut));
        }
    }

    /** The leader can't serve this replica from its log. */
    private void takeOffer(InstallSnapshotRequest offer) {
        Ticket ticket =
                new Ticket(offer.getQuerySequenceNumber(), offer.getFlowControlSequenceNumber());
        node.handle(heartbeat(offer, ticket));
        if (offer.getTerm() < node.term()) {
            return;
        }
        Seat leader = (Seat) offer.getSender();
        long index = offer.getSnapshotIndex();
        if (applier.applied() >= index) {
            answerHas(offer, applier.applied());
        } else if (!install.isOpen() && node.termOf(index) == offer.getSnapshotTerm()) {
            answerHas(offer, index);
        } else if (applier.next() != null) {
            install.skip(leader, offer.getTerm(), new Place(index, offer.getSnapshotTerm()));
        } else {
            install.want(leader);
        }
    }

    /** What is left of a request that can't be taken: the leader lives. */
    private RaftMessage heartbeat(RaftMessage request, Ticket ticket) {
        return messages.heartbeat((Seat) request.getSender(), request.getTerm(), ticket);
    }

    private static Ticket ticketOf(AppendEntriesRequest request) {
        return new Ticket(request.getQuerySequenceNumber(), request.getFlowControlSequenceNumber());
    }

    private void answerHas(RaftMessage request, long index) {
        if (request.getTerm() == node.term()) {
            RaftMessage answer = messages.appended(self, request.getTerm(), index, Ticket.NONE);
            Seat leader = (Seat) request.getSender();
            gate.whenDurable(() -> outbox.add(leader, new Message.Raft(answer, 0)));
        }
    }

    /**
     * A follower that is behind says where its log ends. Going back to there at once saves a round
     * trip for each entry that it lacks.
     */
    private RaftMessage stepBack(AppendEntriesFailureResponse refusal, long lastLogIndex) {
        LeaderState leader = node.state().leaderState();
        @Nullable FollowerState follower =
                leader == null ? null : leader.getFollowerStateOrNull(refusal.getSender());
        long next = lastLogIndex + 2; // one is taken off
        if (follower == null
                || refusal.getTerm() != node.term()
                || refusal.getExpectedNextIndex() != follower.nextIndex()
                || next >= follower.nextIndex()
                || next - 1 <= follower.matchIndex()) {
            return refusal;
        }
        follower.nextIndex(next);
        return messages.refused(
                (Seat) refusal.getSender(),
                refusal.getTerm(),
                next,
                new Ticket(
                        refusal.getQuerySequenceNumber(), refusal.getFlowControlSequenceNumber()));
    }
}
