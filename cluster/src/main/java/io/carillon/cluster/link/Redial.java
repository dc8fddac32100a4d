package io.carillon.cluster.link;

import java.util.random.RandomGenerator;

/**
 * How long to wait before dialling again: little at first, twice as long each time, with jitter.
 */
final class Redial {
    private static final int DOUBLINGS_MAX = 20;

    private final LinkSettings settings;
    private final RandomGenerator random;
    private int failures;

    Redial(LinkSettings settings, RandomGenerator random) {
        this.settings = settings;
        this.random = random;
    }

    /** The next wait in milliseconds: between a half and the whole of what is due. */
    long nextMillis() {
        long whole = settings.redialMillisMin() << Math.min(failures, DOUBLINGS_MAX);
        failures++;
        return jittered(Math.min(whole, settings.redialMillisMax()));
    }

    /** The wait after a refusal: somebody has to do something first. */
    long afterRefusalMillis() {
        return jittered(settings.redialMillisMax());
    }

    /** The link stands: the next wait is short again. */
    void reset() {
        failures = 0;
    }

    private long jittered(long millis) {
        return millis / 2 + random.nextLong(millis / 2 + 1);
    }
}
