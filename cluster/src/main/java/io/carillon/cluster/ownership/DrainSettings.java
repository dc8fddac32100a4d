package io.carillon.cluster.ownership;

/**
 * Bounds of a drain.
 *
 * @param millisMax after which it ends, whatever is left
 * @param parallelMax transfers at a time
 * @param retryMillis between two looks at what is left
 */
public record DrainSettings(long millisMax, int parallelMax, long retryMillis) {
    public static final DrainSettings DEFAULT = new DrainSettings(20_000, 4, 100);

    public DrainSettings {
        if (millisMax < 0 || parallelMax < 1 || retryMillis < 1) {
            throw new IllegalArgumentException(
                    "a drain needs time, a transfer at a time at least, and pauses");
        }
    }
}
