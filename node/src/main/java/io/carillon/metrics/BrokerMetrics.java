package io.carillon.metrics;

import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * The numbers of this node: where each is read. Whoever counts keeps its own cells, one set per
 * loop where it matters, and reading sums them up. A number without a source is not shown.
 * Immutable; any thread reads.
 */
public final class BrokerMetrics {
    private final Map<Metric, LongSupplier> sources;

    private BrokerMetrics(Map<Metric, LongSupplier> sources) {
        this.sources = sources;
    }

    public static Builder builder() {
        return new Builder();
    }

    /** The number now, or 0 if it has no source. */
    public long value(Metric metric) {
        LongSupplier source = sources.get(metric);
        return source == null ? 0 : source.getAsLong();
    }

    /** The numbers that have a source, in the order of the enum. */
    public Set<Metric> shown() {
        return Collections.unmodifiableSet(sources.keySet());
    }

    /** The numbers that nobody gives; empty in a node that is wired completely. */
    public Set<Metric> missing() {
        EnumSet<Metric> missing = EnumSet.allOf(Metric.class);
        missing.removeAll(sources.keySet());
        return missing;
    }

    /** Gathers the sources. One thread. */
    public static final class Builder {
        private final EnumMap<Metric, LongSupplier> sources = new EnumMap<>(Metric.class);

        private Builder() {}

        /**
         * Says where a number is read; the source is called from any thread, and doesn't block.
         *
         * @throws IllegalArgumentException if the number has a source already
         */
        public Builder read(Metric metric, LongSupplier source) {
            if (sources.put(metric, source) != null) {
                throw new IllegalArgumentException(metric + " has two sources");
            }
            return this;
        }

        public BrokerMetrics build() {
            return new BrokerMetrics(new EnumMap<>(sources));
        }
    }
}
