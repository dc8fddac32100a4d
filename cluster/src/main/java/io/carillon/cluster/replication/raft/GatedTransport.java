package io.carillon.cluster.replication.raft;

import io.microraft.RaftEndpoint;
import io.microraft.model.message.AppendEntriesFailureResponse;
import io.microraft.model.message.AppendEntriesRequest;
import io.microraft.model.message.AppendEntriesSuccessResponse;
import io.microraft.model.message.InstallSnapshotRequest;
import io.microraft.model.message.PreVoteRequest;
import io.microraft.model.message.RaftMessage;
import io.microraft.model.message.TriggerLeaderElectionRequest;
import io.microraft.model.message.VoteRequest;
import io.microraft.transport.Transport;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * MicroRaft's way out. A vote or an acknowledgement is a promise about what this node's disk holds,
 * so it is held back until the disk does. A leader's requests promise nothing: they leave at once,
 * and all disks work at the same time.
 */
final class GatedTransport implements Transport {
    private final Outbox outbox;
    private final WriteGate gate;
    private final LongSupplier lastLogIndex;
    private final BooleanSupplier heartbeat;
    private final boolean mayBeginEmpty;
    private final boolean holdsBack;

    /**
     * @param heartbeat whether followers are to be told what is committed, though nothing new is
     * @param mayBeginEmpty whether a replica without state and log may lead: not if others of the
     *     group begin with a state
     * @param holdsBack false breaks Raft; for the test that shows that the simulator notices
     */
    GatedTransport(
            Outbox outbox,
            WriteGate gate,
            LongSupplier lastLogIndex,
            BooleanSupplier heartbeat,
            boolean mayBeginEmpty,
            boolean holdsBack) {
        this.outbox = outbox;
        this.gate = gate;
        this.lastLogIndex = lastLogIndex;
        this.heartbeat = heartbeat;
        this.mayBeginEmpty = mayBeginEmpty;
        this.holdsBack = holdsBack;
    }

    @Override
    public void send(RaftEndpoint target, RaftMessage message) {
        Seat to = (Seat) target;
        boolean stands = message instanceof PreVoteRequest || message instanceof VoteRequest;
        if (stands && !mayBeginEmpty && lastLogIndex.getAsLong() == 0) {
            outbox.ask(to); // it has heard from no leader: the others may have gone on
            return;
        }
        if (isNewsOnly(message) && !heartbeat.getAsBoolean()) {
            return;
        }
        long hint = message instanceof AppendEntriesFailureResponse ? lastLogIndex.getAsLong() : 0;
        Message.Raft sent = new Message.Raft(message, hint);
        boolean promises =
                !(message instanceof AppendEntriesRequest)
                        && !(message instanceof InstallSnapshotRequest)
                        && !(message instanceof TriggerLeaderElectionRequest);
        if (promises && holdsBack) {
            boolean mayWait = isSignOfLife(message);
            gate.whenDurable(
                    () -> {
                        if (mayWait) {
                            outbox.addLazily(to, sent);
                        } else {
                            outbox.add(to, sent);
                        }
                    });
        } else {
            outbox.add(to, sent);
        }
    }

    /**
     * A leader tells each follower at once that an entry is committed. Nobody there waits for it:
     * it goes with the next entry, or the next heartbeat, and a message that is alone on its way
     * costs half the frames. An answer that the leader counts on has a number.
     */
    private static boolean isNewsOnly(RaftMessage message) {
        return message instanceof AppendEntriesRequest request
                && request.getLogEntries().isEmpty()
                && request.getFlowControlSequenceNumber() == 0;
    }

    /**
     * A follower that answers a heartbeat says that it lives, no more. That goes with its own
     * heartbeats, instead of waking both nodes once more.
     */
    private static boolean isSignOfLife(RaftMessage message) {
        return message instanceof AppendEntriesSuccessResponse answer
                && answer.getFlowControlSequenceNumber() == 0;
    }

    @Override
    public boolean isReachable(RaftEndpoint endpoint) {
        return true;
    }
}
