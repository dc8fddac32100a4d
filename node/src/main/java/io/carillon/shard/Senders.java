package io.carillon.shard;

import java.util.HashMap;
import java.util.Map;

/**
 * What this leadership has taken of each sender: a gap is never passed over. Bounded by the starts
 * of other nodes during one leadership.
 */
final class Senders {
    private final Map<Long, Long> next = new HashMap<>();

    /** Counts what comes next; false if something before it is missing. */
    boolean isNext(Parcel.Order order) {
        long expected = next.getOrDefault(order.sender(), order.first());
        if (order.number() > expected) {
            return false;
        }
        if (order.number() == expected) {
            next.put(order.sender(), expected + 1);
        }
        return true; // what comes again is known by its number
    }
}
