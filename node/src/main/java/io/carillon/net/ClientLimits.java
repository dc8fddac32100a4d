package io.carillon.net;

import io.carillon.mqtt.packet.ConnectProperties;
import io.carillon.mqtt.packet.QoS;
import io.carillon.session.QueueLimits;
import org.jspecify.annotations.Nullable;

/**
 * What clients may do and have, the same for all of them. What a 5.0 client can be told stands in
 * CONNACK.
 *
 * @param emptyClientId whether a client without an id is given one
 * @param sessionExpirySecondsMax longer wishes are cut; sessions of 3.x that are not clean get it
 * @param keepAliveSecondsMax longer wishes, and none, are cut to it; 0 is no limit
 * @param receiveMaximum unacknowledged QoS 1 and 2 messages from a client, 1 to 65,535
 * @param topicAliasMaximum aliases that a client may set
 * @param topicAliasesSentMax aliases that the server sets towards a client that takes any
 * @param subscriptionsMax per client
 * @param queue what may wait in memory for a client and be in flight to it; bytes are cut to eight
 *     times {@code outboundBytesMax}
 * @param outboundBytesMax what may wait in the channel to a client until it counts as congested
 * @param connectTimeoutMillis from the connection to the CONNACK
 * @param publishTimeoutMillis how long a message may take to be stored
 * @param slowReaderTimeoutMillis how long a client may be congested without a break
 * @param responseInformation told to 5.0 clients that ask, or null for none
 */
public record ClientLimits(
        QoS maximumQos,
        boolean retainAvailable,
        boolean wildcardSubscriptions,
        boolean sharedSubscriptions,
        boolean subscriptionIdentifiers,
        boolean emptyClientId,
        long sessionExpirySecondsMax,
        int keepAliveSecondsMax,
        int receiveMaximum,
        int topicAliasMaximum,
        int topicAliasesSentMax,
        int subscriptionsMax,
        QueueLimits queue,
        int outboundBytesMax,
        long connectTimeoutMillis,
        long publishTimeoutMillis,
        long slowReaderTimeoutMillis,
        @Nullable String responseInformation) {

    /** A queue in memory takes no more bytes than so many full channels. */
    private static final int QUEUE_OUTBOUNDS_MAX = 8;

    /** Everything allowed, with the bounds that suit most. */
    public static final ClientLimits DEFAULT =
            new ClientLimits(
                    QoS.EXACTLY_ONCE,
                    true,
                    true,
                    true,
                    true,
                    true,
                    ConnectProperties.NEVER_EXPIRES,
                    0,
                    100,
                    16,
                    16,
                    1_000,
                    new QueueLimits(1_000, 16 << 20, false, 100),
                    1 << 20,
                    10_000,
                    30_000,
                    30_000,
                    null);

    public ClientLimits {
        queue =
                new QueueLimits(
                        queue.messagesMax(),
                        Math.min(queue.bytesMax(), (long) outboundBytesMax * QUEUE_OUTBOUNDS_MAX),
                        queue.dropOldest(),
                        queue.inflightMax());
    }
}
