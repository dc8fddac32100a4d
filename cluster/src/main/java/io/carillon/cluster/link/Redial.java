package io.carillon.cluster.link;

import io.carillon.loop.Loop;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Dials again after a while: a short one at first, twice as long each time, with jitter. On the
 * links' loop.
 */
final class Redial {
    private static final int DOUBLINGS_MAX = 20;

    private final LinkSettings settings;
    private final RandomGenerator random;
    private final Loop loop;
    private final Runnable dial;
    private Loop.@Nullable Timer timer;
    private int failures;

    Redial(LinkSettings settings, RandomGenerator random, Loop loop, Runnable dial) {
        this.settings = settings;
        this.random = random;
        this.loop = loop;
        this.dial = dial;
    }

    /** After what is due now: between a half and the whole of it. */
    void soon() {
        long whole = settings.redialMillisMin() << Math.min(failures, DOUBLINGS_MAX);
        failures++;
        after(Math.min(whole, settings.redialMillisMax()));
    }

    /** After the longest while: somebody has to do something first. */
    void afterRefusal() {
        after(settings.redialMillisMax());
    }

    /** Not any more, until it is asked for again. */
    void cancel() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }

    /** The link stands: the next while is short again. */
    void reset() {
        failures = 0;
    }

    private void after(long millis) {
        timer = loop.schedule(millis / 2 + random.nextLong(millis / 2 + 1), dial);
    }
}
