package io.carillon.metrics;

/**
 * How much a counter grew per minute, averaged over a span in which older growth weighs less and
 * less: after the span a step in the rate has arrived by 63 %. Starts at 0. One thread.
 */
final class LoadAverage {
    private static final double MINUTE_MILLIS = 60_000;

    private final double spanMillis;
    private double perMinute;

    LoadAverage(int spanMinutes) {
        this.spanMillis = spanMinutes * MINUTE_MILLIS;
    }

    /** The average after the counter grew by so much in that time. */
    double next(long growth, long elapsedMillis) {
        if (elapsedMillis > 0) {
            double now = growth * MINUTE_MILLIS / elapsedMillis;
            perMinute = now + Math.exp(-elapsedMillis / spanMillis) * (perMinute - now);
        }
        return perMinute;
    }
}
