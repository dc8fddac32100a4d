package io.carillon.topic;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Tells by a few counters whether a change of subscriptions can alter the match of a topic. A
 * filter counts under the hash of its first levels up to a wildcard, three at most; a topic sums
 * the counters of its first none, one, two and three levels. All counters only grow, so an equal
 * sum means that nothing has changed. A collision costs a walk and nothing else.
 */
final class Stamps {
    private static final int LEVELS_MAX = 3;
    private static final int SLOTS = 1 << 14;

    /** Counts the filters that start with a wildcard. */
    private static final int ROOT_SLOT = 0;

    private final AtomicLongArray counters = new AtomicLongArray(SLOTS);

    /** The slots whose counters matter for a topic; the unused are the root's. */
    static int[] slotsOf(byte[] topic) {
        int[] slots = new int[LEVELS_MAX + 1];
        int slot = ROOT_SLOT;
        for (int depth = 1, from = 0; depth <= LEVELS_MAX && from <= topic.length; depth++) {
            long scan = Levels.scan(topic, from);
            slot = below(slot, Levels.hash(scan));
            slots[depth] = slot;
            from = Levels.end(scan) + 1;
        }
        return slots;
    }

    /** Says that subscriptions with this pattern have changed, once a match can see it. */
    void changed(byte[] pattern) {
        int slot = ROOT_SLOT;
        for (int depth = 1, from = 0; depth <= LEVELS_MAX && from <= pattern.length; depth++) {
            long scan = Levels.scan(pattern, from);
            int to = Levels.end(scan);
            if (Levels.is(pattern, from, to, '+') || Levels.is(pattern, from, to, '#')) {
                break;
            }
            slot = below(slot, Levels.hash(scan));
            from = to + 1;
        }
        counters.getAndIncrement(slot);
    }

    /** The sum of the counters in these slots. */
    long sum(int[] slots) {
        long sum = 0;
        for (int slot : slots) {
            sum += counters.get(slot);
        }
        return sum;
    }

    private static int below(int parent, int hash) {
        int mixed = (parent * 31 + hash) * 0x9E3779B9;
        return mixed >>> 18;
    }
}
