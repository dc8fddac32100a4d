package io.carillon.record;

import io.carillon.mqtt.packet.Message;
import io.carillon.mqtt.packet.QoS;
import org.jspecify.annotations.Nullable;

/**
 * A message in a session's queue.
 *
 * @param seq its place in the queue, from 0 upwards without end; its packet identifier follows from
 *     it
 * @param qos the QoS at which it goes to the subscriber
 * @param retain the retain flag that the subscriber sees
 * @param sharedFilter the shared subscription that brought it here, or null
 * @param message the message; null once it is released
 * @param bytesBefore the bytes of all messages ever queued before this one
 */
public record Queued(
        long seq,
        QoS qos,
        boolean retain,
        int[] subscriptionIdentifiers,
        @Nullable String sharedFilter,
        @Nullable Message message,
        long bytesBefore) {

    private static final int PACKET_IDS = 65_535;

    /**
     * The packet identifier of this place, 1 to 65,535. It needs no record of its own: a message is
     * sent under the same identifier before and after a crash [MQTT-4.4.0-1].
     */
    public int packetId() {
        return 1 + (int) (seq % PACKET_IDS);
    }

    /** True once the subscriber answered PUBREC: PUBREL is what is left to send. */
    public boolean released() {
        return message == null;
    }

    /** Bytes that it counts for against the queue's limit. */
    public int bytes() {
        return message == null ? 0 : message.bytes();
    }

    /** The same place, once the subscriber has the message. */
    public Queued release() {
        return new Queued(
                seq, qos, retain, subscriptionIdentifiers, sharedFilter, null, bytesBefore);
    }
}
