package io.carillon.net;

import io.carillon.mqtt.packet.QoS;
import io.carillon.session.QueueLimits;

/** The limits of a test, one by one. */
final class TestLimits {
    QoS maximumQos = QoS.EXACTLY_ONCE;
    boolean retainAvailable = true;
    boolean wildcards = true;
    boolean shared = true;
    boolean identifiers = true;
    boolean emptyClientId = true;
    long sessionExpirySecondsMax = 3_600;
    int keepAliveSecondsMax;
    int receiveMaximum = 10;
    int topicAliasMaximum = 4;
    int topicAliasesSentMax = 4;
    int subscriptionsMax = 5;
    QueueLimits queue = new QueueLimits(100, 1 << 20, false, 10);
    int outboundBytesMax = 1 << 16;
    String responseInformation;

    ClientLimits build() {
        return new ClientLimits(
                maximumQos,
                retainAvailable,
                wildcards,
                shared,
                identifiers,
                emptyClientId,
                sessionExpirySecondsMax,
                keepAliveSecondsMax,
                receiveMaximum,
                topicAliasMaximum,
                topicAliasesSentMax,
                subscriptionsMax,
                queue,
                outboundBytesMax,
                10_000,
                30_000,
                30_000,
                responseInformation);
    }
}
