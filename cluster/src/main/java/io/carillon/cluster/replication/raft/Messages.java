package io.carillon.cluster.replication.raft;

import io.microraft.model.RaftModelFactory;
import io.microraft.model.impl.DefaultRaftModelFactory;
import io.microraft.model.log.LogEntry;
import io.microraft.model.log.RaftGroupMembersView;
import io.microraft.model.log.SnapshotChunk;
import io.microraft.model.message.AppendEntriesFailureResponse;
import io.microraft.model.message.AppendEntriesRequest;
import io.microraft.model.message.InstallSnapshotRequest;
import io.microraft.model.message.PreVoteRequest;
import io.microraft.model.message.PreVoteResponse;
import io.microraft.model.message.RaftMessage;
import io.microraft.model.message.TriggerLeaderElectionRequest;
import io.microraft.model.message.VoteRequest;
import io.microraft.model.message.VoteResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes MicroRaft's messages for one group, whose members never change. Any thread. */
final class Messages {
    static final RaftModelFactory MODEL = new DefaultRaftModelFactory();

    private final GroupId group;
    private final RaftGroupMembersView members;

    Messages(GroupId group, RaftGroupMembersView members) {
        this.group = group;
        this.members = members;
    }

    /** What a request and its answer are told apart by. */
    record Ticket(long query, long flow) {
        static final Ticket NONE = new Ticket(0, 0);
    }

    /** A place in the log: what follows on it follows on that term. */
    record Place(long index, int term) {
        static final Place START = new Place(0, 0);
    }

    AppendEntriesRequest append(
            Seat sender,
            int term,
            Place previous,
            long commitIndex,
            Ticket ticket,
            List<LogEntry> entries) {
        return MODEL.createAppendEntriesRequestBuilder()
                .setGroupId(group)
                .setSender(sender)
                .setTerm(term)
                .setPreviousLogTerm(previous.term())
                .setPreviousLogIndex(previous.index())
                .setCommitIndex(commitIndex)
                .setQuerySequenceNumber(ticket.query())
                .setFlowControlSequenceNumber(ticket.flow())
                .setLogEntries(entries)
                .build();
    }

    /** The same request with other entries, behind another place. */
    AppendEntriesRequest append(AppendEntriesRequest like, Place previous, List<LogEntry> entries) {
        return append(
                (Seat) like.getSender(),
                like.getTerm(),
                previous,
                like.getCommitIndex(),
                new Ticket(like.getQuerySequenceNumber(), like.getFlowControlSequenceNumber()),
                entries);
    }

    /** A leader's sign of life, which any log agrees with. */
    AppendEntriesRequest heartbeat(Seat sender, int term, Ticket ticket) {
        return append(sender, term, Place.START, 0, ticket, List.of());
    }

    RaftMessage appended(Seat sender, int term, long lastLogIndex, Ticket ticket) {
        return MODEL.createAppendEntriesSuccessResponseBuilder()
                .setGroupId(group)
                .setSender(sender)
                .setTerm(term)
                .setLastLogIndex(lastLogIndex)
                .setQuerySequenceNumber(ticket.query())
                .setFlowControlSequenceNumber(ticket.flow())
                .build();
    }

    AppendEntriesFailureResponse refused(
            Seat sender, int term, long expectedNextIndex, Ticket ticket) {
        return MODEL.createAppendEntriesFailureResponseBuilder()
                .setGroupId(group)
                .setSender(sender)
                .setTerm(term)
                .setExpectedNextIndex(expectedNextIndex)
                .setQuerySequenceNumber(ticket.query())
                .setFlowControlSequenceNumber(ticket.flow())
                .build();
    }

    /**
     * A leader's offer to fill a replica; with a chunk, the news that it is filled.
     *
     * @param cut the last entry of the state
     */
    InstallSnapshotRequest snapshot(
            Seat sender, int term, Place cut, Ticket ticket, @Nullable SnapshotChunk chunk) {
        return MODEL.createInstallSnapshotRequestBuilder()
                .setGroupId(group)
                .setSender(sender)
                .setTerm(term)
                .setSenderLeader(true)
                .setSnapshotTerm(cut.term())
                .setSnapshotIndex(cut.index())
                .setTotalSnapshotChunkCount(1)
                .setSnapshotChunk(chunk)
                .setSnapshottedMembers(List.of(sender))
                .setGroupMembersView(members)
                .setQuerySequenceNumber(ticket.query())
                .setFlowControlSequenceNumber(ticket.flow())
                .build();
    }

    /** A snapshot's only chunk. */
    SnapshotChunk chunk(Place cut) {
        return MODEL.createSnapshotChunkBuilder()
                .setIndex(cut.index())
                .setTerm(cut.term())
                .setSnapshotChunkIndex(0)
                .setSnapshotChunkCount(1)
                .setGroupMembersView(members)
                .setOperation(Applier.IN_THE_STORE)
                .build();
    }

    RaftGroupMembersView members() {
        return members;
    }

    PreVoteRequest preVote(Seat sender, int term, Place last) {
        return MODEL.createPreVoteRequestBuilder()
                .setGroupId(group)
                .setSender(sender)
                .setTerm(term)
                .setLastLogTerm(last.term())
                .setLastLogIndex(last.index())
                .build();
    }

    PreVoteResponse preVoted(Seat sender, int term, boolean granted) {
        return MODEL.createPreVoteResponseBuilder()
                .setGroupId(group)
                .setSender(sender)
                .setTerm(term)
                .setGranted(granted)
                .build();
    }

    VoteRequest vote(Seat sender, int term, Place last, boolean sticky) {
        return MODEL.createVoteRequestBuilder()
                .setGroupId(group)
                .setSender(sender)
                .setTerm(term)
                .setLastLogTerm(last.term())
                .setLastLogIndex(last.index())
                .setSticky(sticky)
                .build();
    }

    VoteResponse voted(Seat sender, int term, boolean granted) {
        return MODEL.createVoteResponseBuilder()
                .setGroupId(group)
                .setSender(sender)
                .setTerm(term)
                .setGranted(granted)
                .build();
    }

    TriggerLeaderElectionRequest electNow(Seat sender, int term, Place last) {
        return MODEL.createTriggerLeaderElectionRequestBuilder()
                .setGroupId(group)
                .setSender(sender)
                .setTerm(term)
                .setLastLogTerm(last.term())
                .setLastLogIndex(last.index())
                .build();
    }
}
