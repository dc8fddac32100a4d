package io.carillon.cluster.replication.raft;

import io.microraft.model.log.LogEntry;
import io.microraft.model.message.AppendEntriesFailureResponse;
import io.microraft.model.message.AppendEntriesRequest;
import io.microraft.model.message.AppendEntriesSuccessResponse;
import io.microraft.model.message.InstallSnapshotRequest;
import io.microraft.model.message.PreVoteRequest;
import io.microraft.model.message.PreVoteResponse;
import io.microraft.model.message.TriggerLeaderElectionRequest;
import io.microraft.model.message.VoteRequest;
import io.microraft.model.message.VoteResponse;
import java.util.List;

/**
 * Writes messages: a kind, a term, then what belongs to the kind. Group and sender stand in the
 * frame.
 */
final class MessageWriter {
    static final int APPEND = 0;
    static final int APPENDED = 1;
    static final int NOT_APPENDED = 2;
    static final int SNAPSHOT_OFFERED = 3;
    static final int PRE_VOTE = 4;
    static final int PRE_VOTED = 5;
    static final int VOTE = 6;
    static final int VOTED = 7;
    static final int ELECT_NOW = 8;
    static final int FETCH = 9;
    static final int PART = 10;

    private final int entriesBytesMax;
    private final Entries.PayloadSource payloads;

    /**
     * @param entriesBytesMax one request takes no more entries once it is that large; what it
     *     leaves out goes with the next
     */
    MessageWriter(int entriesBytesMax, Entries.PayloadSource payloads) {
        this.entriesBytesMax = entriesBytesMax;
        this.payloads = payloads;
    }

    void write(FrameWriter out, Message message) {
        switch (message) {
            case Message.Raft raft -> write(out, raft);
            case Message.Fetch fetch ->
                    out.u8(FETCH).i32(fetch.term()).i64(fetch.transfer()).i32(fetch.part());
            case Message.Part part ->
                    place(
                                    out.u8(PART)
                                            .i32(part.term())
                                            .i64(part.transfer())
                                            .i32(part.part()),
                                    part.index(),
                                    part.indexTerm())
                            .u8(part.last() ? 1 : 0)
                            .sized(part.rows());
        }
    }

    private void write(FrameWriter out, Message.Raft raft) {
        int term = raft.message().getTerm();
        switch (raft.message()) {
            case AppendEntriesRequest m -> {
                place(out.u8(APPEND).i32(term), m.getPreviousLogIndex(), m.getPreviousLogTerm());
                out.i64(m.getCommitIndex()).i64(m.getQuerySequenceNumber());
                out.i64(m.getFlowControlSequenceNumber());
                entries(out, m.getLogEntries());
            }
            case AppendEntriesSuccessResponse m ->
                    out.u8(APPENDED)
                            .i32(term)
                            .i64(m.getLastLogIndex())
                            .i64(m.getQuerySequenceNumber())
                            .i64(m.getFlowControlSequenceNumber());
            case AppendEntriesFailureResponse m ->
                    out.u8(NOT_APPENDED)
                            .i32(term)
                            .i64(m.getExpectedNextIndex())
                            .i64(m.getQuerySequenceNumber())
                            .i64(m.getFlowControlSequenceNumber())
                            .i64(raft.lastLogIndex());
            case InstallSnapshotRequest m ->
                    place(
                                    out.u8(SNAPSHOT_OFFERED).i32(term),
                                    m.getSnapshotIndex(),
                                    m.getSnapshotTerm())
                            .i64(m.getQuerySequenceNumber())
                            .i64(m.getFlowControlSequenceNumber());
            case PreVoteRequest m ->
                    place(out.u8(PRE_VOTE).i32(term), m.getLastLogIndex(), m.getLastLogTerm());
            case PreVoteResponse m -> out.u8(PRE_VOTED).i32(term).u8(m.isGranted() ? 1 : 0);
            case VoteRequest m ->
                    place(out.u8(VOTE).i32(term), m.getLastLogIndex(), m.getLastLogTerm())
                            .u8(m.isSticky() ? 1 : 0);
            case VoteResponse m -> out.u8(VOTED).i32(term).u8(m.isGranted() ? 1 : 0);
            case TriggerLeaderElectionRequest m ->
                    place(out.u8(ELECT_NOW).i32(term), m.getLastLogIndex(), m.getLastLogTerm());
            default -> throw new IllegalStateException("not to be sent: " + raft.message());
        }
    }

    private void entries(FrameWriter out, List<LogEntry> entries) {
        int countAt = out.size();
        out.i32(0);
        int count = 0;
        long bytes = 0;
        for (LogEntry entry : entries) {
            bytes += Entries.sizeBytes(entry);
            if (count > 0 && bytes > entriesBytesMax) {
                break;
            }
            int lengthAt = out.size();
            out.i32(0);
            Entries.write(out, entry, payloads);
            out.patch(lengthAt, out.size() - lengthAt - Integer.BYTES);
            count++;
        }
        out.patch(countAt, count);
    }

    private static FrameWriter place(FrameWriter out, long index, int term) {
        return out.i64(index).i32(term);
    }
}
