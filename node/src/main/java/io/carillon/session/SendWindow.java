package io.carillon.session;

import io.carillon.mqtt.packet.QoS;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The QoS 1 and 2 messages that a client has not acknowledged, at most its receive maximum
 * [MQTT-3.3.4-9] [MQTT-4.9.0-1]. A ring that packet identifiers index by their low bits; an
 * identifier whose place is taken is passed over. Grows on demand, so that a client without such
 * messages costs nothing.
 */
final class SendWindow {
    private static final int PACKET_ID_MAX = 65_535;
    private static final int FIRST_PLACES = 16;
    private static final InFlight[] NO_PLACES = {};

    private final int sizeMax;

    /** None, or a power of two. */
    private InFlight[] places = NO_PLACES;

    private int size;
    private int lastPacketId;
    private long turns;

    SendWindow(int sizeMax) {
        this.sizeMax = sizeMax;
    }

    /**
     * False at a send quota of 0: no PUBLISH may be sent until one is done [MQTT-4.9.0-2]. Nothing
     * but PUBLISH asks [MQTT-3.3.4-10] [MQTT-4.9.0-3].
     */
    boolean hasRoom() {
        return size < sizeMax;
    }

    int size() {
        return size;
    }

    /**
     * Takes a free packet identifier, which is never 0 [MQTT-2.2.1-4] [MQTT-4.3.2-1] [MQTT-4.3.3-1]
     * [MQTT3-2.3.1-4]. Only while there is room.
     */
    int open(Delivery delivery) {
        if (size == places.length) {
            grow();
        }
        InFlight place;
        do {
            lastPacketId = lastPacketId % PACKET_ID_MAX + 1;
            place = places[lastPacketId & places.length - 1];
        } while (!place.isFree());
        InFlight.Awaits awaits =
                delivery.qos() == QoS.EXACTLY_ONCE
                        ? InFlight.Awaits.PUBREC
                        : InFlight.Awaits.PUBACK;
        place.take(lastPacketId, turns++, awaits, delivery);
        size++;
        return lastPacketId;
    }

    /** What was sent under that packet identifier and is not done, or null. */
    @Nullable InFlight find(int packetId) {
        if (size == 0) {
            return null;
        }
        InFlight place = places[packetId & places.length - 1];
        return place.packetId() == packetId ? place : null;
    }

    /** The exchange is over; the identifier may be used again. */
    void close(InFlight place) {
        place.free();
        size--;
    }

    /** Those that are not done, in the order in which they were sent. */
    List<InFlight> inOrder() {
        return Arrays.stream(places)
                .filter(place -> !place.isFree())
                .sorted(Comparator.comparingLong(InFlight::turn))
                .toList();
    }

    private void grow() {
        InFlight[] larger = new InFlight[places.length == 0 ? FIRST_PLACES : places.length * 2];
        for (InFlight place : places) {
            larger[place.packetId() & larger.length - 1] = place;
        }
        for (int i = 0; i < larger.length; i++) {
            if (larger[i] == null) {
                larger[i] = new InFlight();
            }
        }
        places = larger;
    }
}
