package io.carillon.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The samples of a run, which begins when this is made, in order. Of a run that is longer than
 * {@link #SAMPLES_MAX} seconds the rest is left out. One thread.
 */
public final class Samples {
    /** Two days: a warm-up of a day, and a day of measuring. */
    static final int SAMPLES_MAX = 2 * 86_400;

    private final long beganNanos = System.nanoTime();
    private final List<Sample> samples = new ArrayList<>();

    public void add(Sample sample) {
        if (samples.size() < SAMPLES_MAX) {
            samples.add(sample);
        }
    }

    /** The second of the run that a value of {@link System#nanoTime} is. */
    public double second(long nanos) {
        return (nanos - beganNanos) / (double) TimeUnit.SECONDS.toNanos(1);
    }

    public List<Sample> all() {
        return List.copyOf(samples);
    }
}
