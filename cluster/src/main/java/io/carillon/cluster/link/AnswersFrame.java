package io.carillon.cluster.link;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Answers in one frame: each the number of its call, whether it is a result, length and body. */
final class AnswersFrame implements Frame {
    private static final int ANSWER_BYTES = Long.BYTES + 1 + Integer.BYTES;

    private final List<Answer> answers;
    private final int length;

    AnswersFrame(List<Answer> answers) {
        this.answers = answers;
        int sum = 1;
        for (Answer each : answers) {
            sum += ANSWER_BYTES + each.body().length;
        }
        this.length = sum;
    }

    @Override
    public int lengthBytes() {
        return length;
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        out.write(FrameType.ANSWERS);
        ByteBuffer header = ByteBuffer.allocate(ANSWER_BYTES);
        for (Answer each : answers) {
            header.clear();
            header.putLong(each.id()).put((byte) (each.ok() ? 1 : 0)).putInt(each.body().length);
            out.write(header.array());
            out.write(each.body());
        }
    }

    /**
     * Reads a frame whose type byte is read already.
     *
     * @throws FrameDamaged if it makes no sense
     */
    static List<Answer> read(ByteBuffer in) throws FrameDamaged {
        List<Answer> answers = new ArrayList<>();
        while (in.hasRemaining()) {
            if (in.remaining() < ANSWER_BYTES) {
                throw new FrameDamaged("an answer is cut short");
            }
            long id = in.getLong();
            boolean ok = in.get() == 1;
            int bodyBytes = in.getInt();
            if (bodyBytes < 0 || bodyBytes > in.remaining()) {
                throw new FrameDamaged(
                        "an answer of " + bodyBytes + " bytes is longer than its frame");
            }
            byte[] body = new byte[bodyBytes];
            in.get(body);
            answers.add(new Answer(id, ok, body));
        }
        return answers;
    }
}
