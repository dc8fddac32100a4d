package io.carillon.cluster.replication.raft;

import io.carillon.cluster.replication.raft.Messages.Place;
import io.carillon.cluster.replication.raft.Messages.Ticket;
import io.microraft.model.log.LogEntry;
import io.microraft.model.message.RaftMessage;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Reads the messages of one group that {@link MessageWriter} wrote. Any thread. */
final class MessageReader {
    private final Messages messages;

    MessageReader(Messages messages) {
        this.messages = messages;
    }

    /**
     * The message that the buffer holds.
     *
     * @throws IllegalArgumentException if it holds none
     * @throws java.nio.BufferUnderflowException if it ends too early
     */
    Message read(Seat sender, ByteBuffer in) {
        int kind = in.get();
        int term = in.getInt();
        return switch (kind) {
            case MessageWriter.FETCH -> new Message.Fetch(term, in.getLong(), in.getInt());
            case MessageWriter.PART -> readPart(term, in);
            case MessageWriter.NOT_APPENDED -> {
                long expected = in.getLong();
                RaftMessage refusal = messages.refused(sender, term, expected, ticket(in));
                yield new Message.Raft(refusal, in.getLong());
            }
            default -> new Message.Raft(readRaft(kind, term, sender, in), 0);
        };
    }

    private RaftMessage readRaft(int kind, int term, Seat sender, ByteBuffer in) {
        return switch (kind) {
            case MessageWriter.APPEND -> readAppend(term, sender, in);
            case MessageWriter.APPENDED ->
                    messages.appended(sender, term, in.getLong(), ticket(in));
            case MessageWriter.SNAPSHOT_OFFERED ->
                    messages.snapshot(sender, term, place(in), ticket(in), null);
            case MessageWriter.PRE_VOTE -> messages.preVote(sender, term, place(in));
            case MessageWriter.PRE_VOTED -> messages.preVoted(sender, term, flag(in));
            case MessageWriter.VOTE -> messages.vote(sender, term, place(in), flag(in));
            case MessageWriter.VOTED -> messages.voted(sender, term, flag(in));
            case MessageWriter.ELECT_NOW -> messages.electNow(sender, term, place(in));
            default -> throw new IllegalArgumentException("a message of unknown kind " + kind);
        };
    }

    private RaftMessage readAppend(int term, Seat sender, ByteBuffer in) {
        Place previous = place(in);
        long commitIndex = in.getLong();
        Ticket ticket = ticket(in);
        int count = in.getInt();
        if (count < 0 || count > in.remaining()) {
            throw new IllegalArgumentException("a message with " + count + " entries");
        }
        List<LogEntry> entries = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            int length = Frames.checkedLength(in);
            ByteBuffer entry = in.slice(in.position(), length);
            entries.add(Entries.read(previous.index() + 1 + i, entry));
            in.position(in.position() + length);
        }
        return messages.append(sender, term, previous, commitIndex, ticket, entries);
    }

    private static Message.Part readPart(int term, ByteBuffer in) {
        long transfer = in.getLong();
        int part = in.getInt();
        Place last = place(in);
        boolean isLast = flag(in);
        byte[] rows = new byte[Frames.checkedLength(in)];
        in.get(rows);
        return new Message.Part(term, transfer, part, last.index(), last.term(), isLast, rows);
    }

    private static Place place(ByteBuffer in) {
        return new Place(in.getLong(), in.getInt());
    }

    private static Ticket ticket(ByteBuffer in) {
        return new Ticket(in.getLong(), in.getLong());
    }

    private static boolean flag(ByteBuffer in) {
        return in.get() != 0;
    }
}
