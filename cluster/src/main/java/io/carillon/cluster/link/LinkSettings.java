package io.carillon.cluster.link;

/**
 * The bounds of a node's links. All byte counts are for each peer; a message counts with its body
 * and 64 bytes more.
 *
 * @param keptBytesMax kept messages that are not acknowledged; above it they are refused
 * @param congestedBytes from so many of them on {@link PeerLink#congested} is true
 * @param lossyBytesMax lossy messages and calls that wait to be written; above it they are dropped
 * @param bodyBytesMax the largest body
 * @param windowBytes what was handed to the {@link PeerHandler} and is not done with; above it
 *     nothing more is read from the peer
 * @param callsMax calls that wait for their answer
 * @param silenceMillisMax a peer that says nothing for so long is taken for gone
 * @param redialMillisMin the first wait before dialling again, before jitter
 * @param redialMillisMax the longest
 */
public record LinkSettings(
        long keptBytesMax,
        long congestedBytes,
        long lossyBytesMax,
        int bodyBytesMax,
        long windowBytes,
        int callsMax,
        long silenceMillisMax,
        long redialMillisMin,
        long redialMillisMax) {

    /** In a silence of the longest kind there are so many heartbeats. */
    static final int BEATS_PER_SILENCE = 6;

    /** A frame of messages or answers takes nothing more from there on. */
    static final int FRAME_BYTES = 64 << 10;

    /** What a message costs besides its body. */
    static final int MESSAGE_OVERHEAD_BYTES = 64;

    private static final int BODY_BYTES_LIMIT = 1 << 30;

    /** 64 MiB kept, congested from 8 MiB on, bodies of 16 MiB, gone after 3 s. */
    public static final LinkSettings DEFAULTS =
            new LinkSettings(
                    64L << 20, 8L << 20, 8L << 20, 16 << 20, 4L << 20, 16_384, 3_000, 50, 2_000);

    public LinkSettings {
        if (congestedBytes < 1 || keptBytesMax < congestedBytes) {
            throw new IllegalArgumentException(
                    "congestedBytes is "
                            + congestedBytes
                            + " and keptBytesMax is "
                            + keptBytesMax
                            + "; the first has to be at least 1, the second not below it");
        }
        if (redialMillisMin < 2 || redialMillisMax < redialMillisMin) {
            throw new IllegalArgumentException(
                    "redialMillisMin is "
                            + redialMillisMin
                            + " and redialMillisMax is "
                            + redialMillisMax
                            + "; the first has to be at least 2, the second not below it");
        }
        atLeast("lossyBytesMax", lossyBytesMax, 1);
        atLeast("bodyBytesMax", bodyBytesMax, 1);
        atLeast("windowBytes", windowBytes, 1);
        if (bodyBytesMax > BODY_BYTES_LIMIT) {
            throw new IllegalArgumentException(
                    "bodyBytesMax is " + bodyBytesMax + "; it may be at most " + BODY_BYTES_LIMIT);
        }
        atLeast("callsMax", callsMax, 1);
        atLeast("silenceMillisMax", silenceMillisMax, 10 * BEATS_PER_SILENCE);
    }

    /** The largest frame: one that was nearly full before the largest body came. */
    public int frameBytesMax() {
        return bodyBytesMax + 2 * FRAME_BYTES;
    }

    long beatMillis() {
        return silenceMillisMax / BEATS_PER_SILENCE;
    }

    private static void atLeast(String name, long value, long least) {
        if (value < least) {
            throw new IllegalArgumentException(
                    name + " is " + value + "; it has to be at least " + least);
        }
    }
}
