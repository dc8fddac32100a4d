package io.carillon.cluster.replication.raft;

import io.carillon.bytes.FieldWriter;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * The messages of a turn to one peer: a version, a kind, the tag of the voters, the sender's seat,
 * then each message with its length. Written on the shard's loop, read on any thread.
 */
final class Frames {
    static final int VERSION = 1;

    /** The kind of these frames; for others see {@link Word}. */
    static final int MESSAGES = 0;

    private final int tag;
    private final int seats;
    private final MessageWriter writer;
    private final MessageReader reader;

    /** A frame that was read. */
    record Frame(Seat sender, List<Message> messages) {}

    Frames(Generation generation, MessageWriter writer, MessageReader reader) {
        this.tag = generation.tag();
        this.seats = generation.voters().size();
        this.writer = writer;
        this.reader = reader;
    }

    FieldWriter begin(int ownSeat, int capacity) {
        return new FieldWriter(capacity)
                .putByte(VERSION)
                .putByte(MESSAGES)
                .putInt(tag)
                .putByte(ownSeat);
    }

    void add(FieldWriter frame, Message message) {
        int lengthAt = frame.length();
        frame.putInt(0);
        writer.write(frame, message);
        frame.patchInt(lengthAt, frame.length() - lengthAt - Integer.BYTES);
    }

    /**
     * Reads a frame.
     *
     * @throws IllegalArgumentException if it is damaged, of another release or of other voters
     */
    Frame read(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        try {
            if (kind(in) != MESSAGES) {
                throw new IllegalArgumentException("a frame without messages");
            }
            if (in.getInt() != tag) {
                throw new IllegalArgumentException(
                        "a frame of a group with other voters under the same number");
            }
            int seat = in.get();
            if (seat < 0 || seat >= seats) {
                throw new IllegalArgumentException("a frame from seat " + seat + " of " + seats);
            }
            Seat sender = new Seat(seat);
            List<Message> messages = new ArrayList<>();
            while (in.hasRemaining()) {
                int length = checkedLength(in);
                messages.add(reader.read(sender, in.slice(in.position(), length)));
                in.position(in.position() + length);
            }
            return new Frame(sender, messages);
        } catch (BufferUnderflowException e) {
            throw new IllegalArgumentException("a frame that ends in the middle", e);
        }
    }

    /**
     * Reads the beginning of a frame of any kind.
     *
     * @throws IllegalArgumentException if it is of another release
     */
    static int kind(ByteBuffer in) {
        int version = in.get();
        if (version != VERSION) {
            throw new IllegalArgumentException(
                    "a frame of version " + version + ", and this release knows " + VERSION);
        }
        return in.get();
    }

    /** A length that what follows it can hold. */
    static int checkedLength(ByteBuffer in) {
        int length = in.getInt();
        if (length < 0 || length > in.remaining()) {
            throw new IllegalArgumentException(
                    "a length of " + length + " where " + in.remaining() + " bytes are left");
        }
        return length;
    }
}
