package io.carillon.cluster.link;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A message of a peer. Its body is a part of what came in with it, 64 KiB as a rule: who keeps it
 * for long takes a copy.
 */
public sealed interface Message {
    byte kind();

    /** From its position to its limit. */
    ByteBuffer body();

    /** A message that wants no answer. */
    record Told(byte kind, ByteBuffer body) implements Message {}

    /** A call; one answer is heard, later ones are not. */
    final class Asked implements Message {
        private final byte kind;
        private final ByteBuffer body;
        private final long id;
        private @Nullable Answers answers;

        Asked(byte kind, ByteBuffer body, long id) {
            this.kind = kind;
            this.body = body;
            this.id = id;
        }

        @Override
        public byte kind() {
            return kind;
        }

        @Override
        public ByteBuffer body() {
            return body;
        }

        /** Answers the call. Any thread; dropped if the caller is not connected any more. */
        public void answer(byte[] result) {
            give(new Answer(id, true, result));
        }

        /** Fails the call, with a reason for the caller's log. Any thread. */
        public void refuse(String reason) {
            give(Answer.refusal(id, reason));
        }

        void answerThrough(Answers to) {
            answers = to;
        }

        private void give(Answer answer) {
            Answers to = answers;
            if (to != null) {
                to.add(answer);
            }
        }
    }
}
