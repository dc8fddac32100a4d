package io.carillon.shard;

import io.carillon.mqtt.packet.ReasonCode;
import java.util.HashMap;
import java.util.Map;

/**
 * What one taker, a leadership of a shard or the transient subscribers of a node, has of each
 * sender: a gap is never passed over. Bounded by the starts of other nodes in the time of the
 * taker. On one loop.
 */
public final class Senders {
    private final Map<Long, Long> next = new HashMap<>();

    /** Where something stands that a sender sends. */
    public enum Place {
        NEXT,
        /** It was taken before. */
        TAKEN,
        /** Something of its sender is missing before it. */
        BEHIND_A_GAP
    }

    /** Where it stands; if it is next, it is taken, and what follows it is next. */
    public Place take(Parcel.Order order) {
        long expected = Math.max(next.getOrDefault(order.sender(), 0L), order.first());
        if (order.number() > expected) {
            return Place.BEHIND_A_GAP;
        }
        if (order.number() < expected) {
            return Place.TAKEN;
        }
        next.put(order.sender(), expected + 1);
        return Place.NEXT;
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
