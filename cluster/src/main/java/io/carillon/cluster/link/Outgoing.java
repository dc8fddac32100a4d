package io.carillon.cluster.link;

/** A message on its way out. Its body is shared with other peers and never changes. */
sealed interface Outgoing permits Outgoing.Lossy, Kept, Outgoing.Question {
    byte kind();

    byte[] body();

    /** What it counts for against the bounds. */
    default int costBytes() {
        return body().length + LinkSettings.MESSAGE_OVERHEAD_BYTES;
    }

    record Lossy(byte kind, byte[] body) implements Outgoing {}

    record Question(byte kind, byte[] body, Call call) implements Outgoing {}
}
