package io.carillon.shard;

import io.carillon.mqtt.packet.Message;
import io.carillon.mqtt.packet.QoS;
import io.carillon.record.Origin;
import org.jspecify.annotations.Nullable;

/**
 * A message on its way from its publisher to whoever gets it. Immutable; shared by all receivers.
 *
 * @param qos the QoS at which it was published
 * @param retain true if it was published with the retain flag
 * @param publisherId the client id of the publisher, or null for a message of the broker's own
 * @param attachment the number of its publisher's connection, or 0 if nobody need know
 * @param origin the number that an exactly-once publisher gave it, or null
 */
public record Publication(
        Message message,
        QoS qos,
        boolean retain,
        @Nullable String publisherId,
        long attachment,
        @Nullable Origin origin) {

    public Publication(Message message, QoS qos, boolean retain, @Nullable String publisherId) {
        this(message, qos, retain, publisherId, 0, null);
    }

    /** The same under another number. */
    public Publication with(@Nullable Origin other) {
        return new Publication(message, qos, retain, publisherId, attachment, other);
    }
}
