package io.carillon.cluster.link;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Many messages in one frame. The number of the first kept one, then each message: its class, its
 * kind, the length of its body, for a call its number, the body. Kept ones are numbered on from the
 * first.
 */
final class MessagesFrame implements Frame {
    private static final byte LOSSY = 0;
    private static final byte KEPT = 1;
    private static final byte QUESTION = 2;

    private static final int HEADER_BYTES = 1 + Long.BYTES;
    private static final int MESSAGE_BYTES = 1 + 1 + Integer.BYTES;

    private final long firstKept;
    private final List<Outgoing> messages;
    private final int length;

    MessagesFrame(long firstKept, List<Outgoing> messages) {
        this.firstKept = firstKept;
        this.messages = messages;
        int sum = HEADER_BYTES;
        for (Outgoing each : messages) {
            sum += MESSAGE_BYTES + each.body().length;
            sum += each instanceof Outgoing.Question ? Long.BYTES : 0;
        }
        this.length = sum;
    }

    int messages() {
        return messages.size();
    }

    @Override
    public int lengthBytes() {
        return length;
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        ByteBuffer header = ByteBuffer.allocate(MESSAGE_BYTES + Long.BYTES);
        out.write(header.put(FrameType.MESSAGES).putLong(firstKept).array(), 0, HEADER_BYTES);
        for (Outgoing each : messages) {
            header.clear();
            byte[] body = each.body();
            switch (each) {
                case Outgoing.Lossy _ -> header.put(LOSSY).put(each.kind()).putInt(body.length);
                case Kept _ -> header.put(KEPT).put(each.kind()).putInt(body.length);
                case Outgoing.Question question ->
                        header.put(QUESTION)
                                .put(each.kind())
                                .putInt(body.length)
                                .putLong(question.call().id());
            }
            out.write(header.array(), 0, header.position());
            out.write(body);
        }
    }

    /**
     * What came in a frame.
     *
     * @param lastKept the number of the last kept message, whether it was repeated or not; one less
     *     than {@code firstKept} if there is none
     * @param fresh the messages without those that were repeated
     */
    record Read(long firstKept, long lastKept, List<Message> fresh) {}

    /**
     * Reads a frame whose type byte is read already.
     *
     * @param received the number of the last kept message that came before
     * @throws FrameDamaged if it makes no sense, or a kept message is missing before it
     */
    static Read read(ByteBuffer in, long received) throws FrameDamaged {
        if (in.remaining() < Long.BYTES) {
            throw new FrameDamaged("a frame of messages is cut short");
        }
        long firstKept = in.getLong();
        long next = firstKept;
        List<Message> fresh = new ArrayList<>();
        while (in.hasRemaining()) {
            if (in.remaining() < MESSAGE_BYTES) {
                throw new FrameDamaged("a message is cut short");
            }
            byte type = in.get();
            byte kind = in.get();
            int bodyBytes = in.getInt();
            switch (type) {
                case LOSSY -> fresh.add(new Message.Told(kind, body(in, bodyBytes)));
                case KEPT -> {
                    Message message = new Message.Told(kind, body(in, bodyBytes));
                    if (next++ > received) {
                        fresh.add(message);
                    }
                }
                case QUESTION -> {
                    if (in.remaining() < Long.BYTES) {
                        throw new FrameDamaged("a call is cut short");
                    }
                    long id = in.getLong();
                    fresh.add(new Message.Asked(kind, body(in, bodyBytes), id));
                }
                default -> throw new FrameDamaged("a message of the unknown class " + type);
            }
        }
        if (next > firstKept && firstKept > received + 1) {
            throw new FrameDamaged(
                    "kept messages "
                            + (received + 1)
                            + " to "
                            + (firstKept - 1)
                            + " are missing before this frame");
        }
        return new Read(firstKept, next - 1, fresh);
    }

    private static ByteBuffer body(ByteBuffer in, int length) throws FrameDamaged {
        if (length < 0 || length > in.remaining()) {
            throw new FrameDamaged("a body of " + length + " bytes is longer than its frame");
        }
        ByteBuffer body = in.slice(in.position(), length);
        in.position(in.position() + length);
        return body;
    }
}
