package io.carillon.cluster.replication.raft;

import io.carillon.bytes.FieldWriter;
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

    void write(FieldWriter out, Message message) {
        switch (message) {
            case Message.Raft raft -> write(out, raft);
            case Message.Fetch fetch ->
                    out.putByte(FETCH)
                            .putInt(fetch.term())
                            .putLong(fetch.transfer())
                            .putInt(fetch.part());
            case Message.Part part ->
                    place(
                                    out.putByte(PART)
                                            .putInt(part.term())
                                            .putLong(part.transfer())
                                            .putInt(part.part()),
                                    part.index(),
                                    part.indexTerm())
                            .putByte(part.last() ? 1 : 0)
                            .putSized(part.rows());
        }
    }

    private void write(FieldWriter out, Message.Raft raft) {
        int term = raft.message().getTerm();
        switch (raft.message()) {
            case AppendEntriesRequest m -> {
                place(
                        out.putByte(APPEND).putInt(term),
                        m.getPreviousLogIndex(),
                        m.getPreviousLogTerm());
                out.putLong(m.getCommitIndex()).putLong(m.getQuerySequenceNumber());
                out.putLong(m.getFlowControlSequenceNumber());
                entries(out, m.getLogEntries());
            }
            case AppendEntriesSuccessResponse m ->
                    out.putByte(APPENDED)
                            .putInt(term)
                            .putLong(m.getLastLogIndex())
                            .putLong(m.getQuerySequenceNumber())
                            .putLong(m.getFlowControlSequenceNumber());
            case AppendEntriesFailureResponse m ->
                    out.putByte(NOT_APPENDED)
                            .putInt(term)
                            .putLong(m.getExpectedNextIndex())
                            .putLong(m.getQuerySequenceNumber())
                            .putLong(m.getFlowControlSequenceNumber())
                            .putLong(raft.lastLogIndex());
            case InstallSnapshotRequest m ->
                    place(
                                    out.putByte(SNAPSHOT_OFFERED).putInt(term),
                                    m.getSnapshotIndex(),
                                    m.getSnapshotTerm())
                            .putLong(m.getQuerySequenceNumber())
                            .putLong(m.getFlowControlSequenceNumber());
            case PreVoteRequest m ->
                    place(
                            out.putByte(PRE_VOTE).putInt(term),
                            m.getLastLogIndex(),
                            m.getLastLogTerm());
            case PreVoteResponse m ->
                    out.putByte(PRE_VOTED).putInt(term).putByte(m.isGranted() ? 1 : 0);
            case VoteRequest m ->
                    place(out.putByte(VOTE).putInt(term), m.getLastLogIndex(), m.getLastLogTerm())
                            .putByte(m.isSticky() ? 1 : 0);
            case VoteResponse m -> out.putByte(VOTED).putInt(term).putByte(m.isGranted() ? 1 : 0);
            case TriggerLeaderElectionRequest m ->
                    place(
                            out.putByte(ELECT_NOW).putInt(term),
                            m.getLastLogIndex(),
                            m.getLastLogTerm());
            default -> throw new IllegalStateException("not to be sent: " + raft.message());
        }
    }

    private void entries(FieldWriter out, List<LogEntry> entries) {
        int countAt = out.length();
        out.putInt(0);
        int count = 0;
        long bytes = 0;
        for (LogEntry entry : entries) {
            bytes += Entries.sizeBytes(entry);
            if (count > 0 && bytes > entriesBytesMax) {
                break;
            }
            int lengthAt = out.length();
            out.putInt(0);
            Entries.write(out, entry, payloads);
            out.patchInt(lengthAt, out.length() - lengthAt - Integer.BYTES);
            count++;
        }
        out.patchInt(countAt, count);
    }

    private static FieldWriter place(FieldWriter out, long index, int term) {
        return out.putLong(index).putInt(term);
    }
}
