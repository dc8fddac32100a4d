package io.carillon.cluster.interest;

import io.carillon.loop.Loop;
import java.util.List;

/**
 * Takes back all that an owner wanted, a range at a time and other work in between: a listener that
 * has to forget a million strings at once would stop the loop for a second. On the loop.
 */
final class Departure {
    private static final int STRINGS_PER_STEP = 512;
    private static final int BITS_MAX = 20;

    private final Known known;
    private final Loop loop;
    private final Runnable whenLeft;
    private final int bits;
    private int next;

    Departure(Known known, Loop loop, Runnable whenLeft) {
        this.known = known;
        this.loop = loop;
        this.whenLeft = whenLeft;
        int ranges = known.held().table().size() / STRINGS_PER_STEP;
        this.bits = Math.min(BITS_MAX, Integer.SIZE - Integer.numberOfLeadingZeros(ranges));
    }

    void step() {
        if (!known.isLeaving(this)) {
            return; // the owner has come back
        }
        Range range = bits == 0 ? Range.ALL : Range.ALL.part(next, bits);
        known.held().replace(range, List.of());
        next++;
        if (next < 1 << bits) {
            loop.execute(this::step);
        } else {
            whenLeft.run();
        }
    }
}
