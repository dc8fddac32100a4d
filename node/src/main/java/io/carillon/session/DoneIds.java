package io.carillon.session;

import io.carillon.mqtt.packet.ReasonCode;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;

/**
 * The packet identifiers that a client was done with last, with its reason codes: as many as a
 * session may be done with before that is durable. Grows on demand.
 */
final class DoneIds {
    private static final int FIRST_PLACES = 16;
    private static final int REASON_BITS = 8;

    private final int max;
    private int[] places = {};
    private int size;
    private int next;

    DoneIds(int max) {
        this.max = max;
    }

    void add(int packetId, ReasonCode reason) {
        if (size == places.length && size < max) {
            places = Arrays.copyOf(places, Math.clamp(2L * size, FIRST_PLACES, max));
            next = size;
        }
        places[next] = packetId << REASON_BITS | reason.value();
        next = (next + 1) % places.length;
        size = Math.min(size + 1, places.length);
    }

    /** Gives them to a map: reason codes by packet identifier. */
    void copyTo(Map<Integer, ReasonCode> reasons) {
        int oldest = size == places.length ? next : 0;
        for (int i = 0; i < size; i++) {
            int place = places[(oldest + i) % places.length];
            reasons.put(
                    place >>> REASON_BITS,
                    Objects.requireNonNull(ReasonCode.of(place & (1 << REASON_BITS) - 1)));
        }
    }
}
