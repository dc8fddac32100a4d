package io.carillon.bench.report;

import org.jspecify.annotations.Nullable;

/**
 * The counters that one event loop's clients write; see {@link Tally} for what each means. Only
 * that loop touches them, so that counting costs one addition: others ask the loop for a {@link
 * #tally}.
 */
public final class Counters {
    public long sent;
    public long acknowledged;
    public long refused;
    public long delivered;
    public long foreign;
    public long closed;
    public long stalls;
    public long lastDeliveryNanos;

    private @Nullable String firstFault;

    /** Keeps the first fault, which is mostly the cause of the others. */
    public void fault(String fault) {
        if (firstFault == null) {
            firstFault = fault;
        }
    }

    public @Nullable String firstFault() {
        return firstFault;
    }

    public Tally tally() {
        return new Tally(
                sent, acknowledged, refused, delivered, foreign, closed, stalls, lastDeliveryNanos);
    }
}
