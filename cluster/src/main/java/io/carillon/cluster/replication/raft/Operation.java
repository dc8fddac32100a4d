package io.carillon.cluster.replication.raft;

import org.jspecify.annotations.Nullable;

/** What an entry of a group's log says. */
sealed interface Operation {

    /** A leader's first entry: once it is applied, so is all before it. */
    record NewTerm() implements Operation {
        static final NewTerm INSTANCE = new NewTerm();
    }

    /**
     * The last entry that counts: the state as it is now is what the next generation begins with.
     */
    record Seal(Generation next) implements Operation {}

    /**
     * What the records of a turn change: a handle, whose bytes may be on the disk only. On the
     * shard's loop.
     */
    final class Records implements Operation {
        private final int sizeBytes;
        private byte @Nullable [] payload;
        private @Nullable Pending pending;

        private Records(int sizeBytes, byte @Nullable [] payload, @Nullable Pending pending) {
            this.sizeBytes = sizeBytes;
            this.payload = payload;
            this.pending = pending;
        }

        /** Records that this node appends, with what they change. */
        static Records appended(byte[] payload, Pending pending) {
            return new Records(payload.length, payload, pending);
        }

        static Records received(byte[] payload) {
            return new Records(payload.length, payload, null);
        }

        /** Records that are read when they are needed. */
        static Records stored(int sizeBytes) {
            return new Records(sizeBytes, null, null);
        }

        int sizeBytes() {
            return sizeBytes;
        }

        /** Null if it has to be read from the disk. */
        byte @Nullable [] payload() {
            return payload;
        }

        void dropPayload() {
            payload = null;
        }

        /** The changes before they were bytes, if this node appended them and leads since. */
        @Nullable Pending pending() {
            return pending;
        }

        void forgetPending() {
            pending = null;
        }
    }
}
