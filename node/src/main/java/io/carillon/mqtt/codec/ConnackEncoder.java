package io.carillon.mqtt.codec;

import io.carillon.mqtt.packet.Connack;
import io.carillon.mqtt.packet.ConnackProperties;
import io.carillon.mqtt.packet.MqttVersion;
import io.carillon.mqtt.packet.QoS;
import org.jspecify.annotations.Nullable;

/** Lays out CONNACK. Source: MQTT 5.0, 3.2. */
final class ConnackEncoder {
    private ConnackEncoder() {}

    /** Null where the version has no code for the reason. */
    static @Nullable Frame frame(Connack packet, MqttVersion version) {
        Frame frame = new Frame(PacketType.CONNACK, version.hasProperties());
        // 3.1 has no session present flag.
        frame.head().flag(packet.sessionPresent() && version != MqttVersion.V3_1);
        if (version.hasProperties()) {
            frame.head().u8(packet.reason().value());
            writeProperties(packet.properties(), frame.properties());
            frame.explain(packet.properties().reasonString(), packet.properties().userProperties());
            return frame;
        }
        int code = ReturnCode.of(packet.reason());
        if (code == ReturnCode.NONE) {
            return null;
        }
        frame.head().u8(code);
        return frame;
    }

    private static void writeProperties(ConnackProperties given, PropertyWriter out) {
        ConnackProperties standard = ConnackProperties.DEFAULT;
        if (given.sessionExpirySeconds() != null) {
            out.bytes().u8(PropertyId.SESSION_EXPIRY).u32(given.sessionExpirySeconds());
        }
        out.u16Unless(
                standard.receiveMaximum(), PropertyId.RECEIVE_MAXIMUM, given.receiveMaximum());
        if (given.maximumQos() != QoS.EXACTLY_ONCE) {
            out.bytes().u8(PropertyId.MAXIMUM_QOS).u8(given.maximumQos().level());
        }
        out.flagUnless(true, PropertyId.RETAIN_AVAILABLE, given.retainAvailable());
        out.u32Unless(
                standard.maximumPacketSize(),
                PropertyId.MAXIMUM_PACKET_SIZE,
                given.maximumPacketSize());
        out.string(PropertyId.ASSIGNED_CLIENT_ID, given.assignedClientId());
        out.u16Unless(
                standard.topicAliasMaximum(),
                PropertyId.TOPIC_ALIAS_MAXIMUM,
                given.topicAliasMaximum());
        out.flagUnless(true, PropertyId.WILDCARD_AVAILABLE, given.wildcardSubscriptionAvailable());
        out.flagUnless(
                true,
                PropertyId.SUBSCRIPTION_ID_AVAILABLE,
                given.subscriptionIdentifiersAvailable());
        out.flagUnless(true, PropertyId.SHARED_AVAILABLE, given.sharedSubscriptionAvailable());
        if (given.serverKeepAliveSeconds() != null) {
            out.bytes().u8(PropertyId.SERVER_KEEP_ALIVE).u16(given.serverKeepAliveSeconds());
        }
        out.string(PropertyId.RESPONSE_INFORMATION, given.responseInformation());
        out.string(PropertyId.SERVER_REFERENCE, given.serverReference());
        out.string(PropertyId.AUTHENTICATION_METHOD, given.authenticationMethod());
        out.binary(PropertyId.AUTHENTICATION_DATA, given.authenticationData());
    }
}
