package io.carillon.net;

import io.carillon.mqtt.codec.DecoderLimits;
import io.carillon.mqtt.packet.Connack;
import io.carillon.mqtt.packet.ConnackProperties;
import io.carillon.mqtt.packet.Connect;
import io.carillon.mqtt.packet.ConnectProperties;
import io.carillon.mqtt.packet.MqttVersion;
import io.carillon.mqtt.packet.ReasonCode;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is agreed with a client: its wishes, cut to what the broker allows.
 *
 * @param clientId its own, or the one it is given
 * @param keepAliveSeconds 0 for none
 */
record Terms(Connect connect, String clientId, long sessionExpirySeconds, int keepAliveSeconds) {
    private static final String ASSIGNED = "carillon-";

    static Terms of(Connect connect, ClientLimits limits) {
        // [MQTT-3.1.3-6] [MQTT-3.2.2-16] [MQTT3-3.1.3-6]
        String clientId =
                connect.clientId().isEmpty()
                        ? ASSIGNED + UUID.randomUUID().toString().replace("-", "")
                        : connect.clientId();
        return new Terms(
                connect,
                clientId,
                Math.min(wantedExpiry(connect), limits.sessionExpirySecondsMax()),
                keepAlive(connect.keepAliveSeconds(), limits.keepAliveSecondsMax()));
    }

    /** The method of enhanced authentication, or null. */
    @Nullable String method() {
        return connect.properties().authenticationMethod();
    }

    /**
     * Before 5.0 a session lives on for ever unless it is clean [MQTT3-3.1.2-4] [MQTT3-3.1.2-6].
     */
    private static long wantedExpiry(Connect connect) {
        if (connect.version() == MqttVersion.V5) {
            return connect.properties().sessionExpirySeconds();
        }
        return connect.cleanStart() ? 0 : ConnectProperties.NEVER_EXPIRES;
    }

    private static int keepAlive(int wanted, int max) {
        if (max == 0) {
            return wanted;
        }
        return wanted == 0 ? max : Math.min(wanted, max);
    }

    /**
     * The CONNACK that lets the client in and tells it what differs from the standard's defaults
     * and from its wishes [MQTT-3.1.4-5] [MQTT3-3.1.4-4].
     */
    Connack accepted(
            boolean sessionPresent,
            ClientLimits limits,
            DecoderLimits decoderLimits,
            byte @Nullable [] authenticationData) {
        ConnackProperties.Builder properties = ConnackProperties.builder();
        if (sessionExpirySeconds != wantedExpiry(connect)) {
            properties.sessionExpirySeconds(sessionExpirySeconds);
        }
        if (keepAliveSeconds != connect.keepAliveSeconds()) {
            // [MQTT-3.2.2-22]
            properties.serverKeepAliveSeconds(keepAliveSeconds);
        }
        if (!clientId.equals(connect.clientId())) {
            // [MQTT-3.1.3-7]
            properties.assignedClientId(clientId);
        }
        if (connect.properties().requestResponseInformation()) {
            // [MQTT-3.1.2-28]
            properties.responseInformation(limits.responseInformation());
        }
        if (decoderLimits.packetBytesMax() < DecoderLimits.STANDARD_BYTES_MAX) {
            properties.maximumPacketSize(decoderLimits.packetBytesMax());
        }
        return new Connack(
                sessionPresent,
                ReasonCode.SUCCESS,
                properties
                        .receiveMaximum(limits.receiveMaximum())
                        // [MQTT-3.2.2-9]
                        .maximumQos(limits.maximumQos())
                        .retainAvailable(limits.retainAvailable())
                        .topicAliasMaximum(limits.topicAliasMaximum())
                        .wildcardSubscriptionAvailable(limits.wildcardSubscriptions())
                        .sharedSubscriptionAvailable(limits.sharedSubscriptions())
                        .subscriptionIdentifiersAvailable(limits.subscriptionIdentifiers())
                        // [MQTT-4.12.0-5] [MQTT-4.12.0-6]
                        .authenticationMethod(method())
                        .authenticationData(authenticationData)
                        .build());
    }
}
