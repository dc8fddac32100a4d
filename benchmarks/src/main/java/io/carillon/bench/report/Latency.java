package io.carillon.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;

/** Times from publisher to subscriber, to three digits, up to a minute. One thread. */
public final class Latency {
    /** One message of so many is timed: reading the clock costs as much as counting. */
    private static final int SAMPLE_EVERY = 16;

    private static final long HIGHEST_NANOS = TimeUnit.MINUTES.toNanos(1);
    private static final long LOWEST_NANOS = TimeUnit.MICROSECONDS.toNanos(1);

    /** So many percent of the messages did not take longer than so many microseconds. */
    public record Step(double percent, double micros) {
        List<Double> json() {
            return List.of(percent, micros);
        }
    }

    private static final int STEPS_PER_HALVING = 5;

    private final Histogram histogram = new Histogram(LOWEST_NANOS, HIGHEST_NANOS, 3);
    private int sampleEvery = SAMPLE_EVERY;

    /** Has every message timed from now on. */
    public void timeAll() {
        sampleEvery = 1;
    }

    /** True if the message of that number is to be timed. */
    public boolean times(long number) {
        return number % sampleEvery == 0;
    }

    /** Records a time; longer ones than a minute count as a minute. */
    public void record(long nanos) {
        histogram.recordValue(Math.clamp(nanos, 0, HIGHEST_NANOS));
    }

    public void clear() {
        histogram.reset();
    }

    public void add(Latency other) {
        histogram.add(other.histogram);
    }

    public long samples() {
        return histogram.getTotalCount();
    }

    /** The time that so many percent of the messages did not exceed, in microseconds. */
    public double percentileMicros(double percent) {
        return histogram.getValueAtPercentile(percent) / 1_000.0;
    }

    /** How the times are spread, with more steps the rarer they are. */
    public List<Step> curve() {
        List<Step> curve = new ArrayList<>();
        for (HistogramIterationValue value : histogram.percentiles(STEPS_PER_HALVING)) {
            curve.add(
                    new Step(
                            value.getPercentileLevelIteratedTo(),
                            value.getValueIteratedTo() / 1_000.0));
        }
        return curve;
    }
}
