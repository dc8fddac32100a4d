package io.carillon.shard;

import io.carillon.mqtt.packet.ReasonCode;
import java.util.HashMap;
import java.util.Map;

/**
 * What this leadership has taken of each sender: a gap is never passed over. Bounded by the starts
 * of other nodes during one leadership.
 */
final class Senders {
    private final Map<Long, Long> next = new HashMap<>();

    /** False if something of its sender is missing before it; else what follows it is next. */
    boolean takes(Parcel.Order order) {
        long expected = Math.max(next.getOrDefault(order.sender(), 0L), order.first());
        if (order.number() > expected) {
            return false;
        }
        if (order.number() == expected) {
            next.put(order.sender(), expected + 1);
        }
        return true; // what comes again is known by its number
    }

    /** A receipt for what was taken: if it is sent back after all, so is what follows it. */
    Receipt watched(Parcel.Order order, Receipt receipt) {
        return outcome -> {
            if (outcome == ReasonCode.USE_ANOTHER_SERVER) {
                next.merge(order.sender(), order.number(), Math::min);
            }
            receipt.done(outcome);
        };
    }
}
