package io.carillon.mqtt.codec;

import io.carillon.mqtt.packet.Connect;
import io.carillon.mqtt.packet.ConnectProperties;
import io.carillon.mqtt.packet.Message;
import io.carillon.mqtt.packet.Will;

/** Lays out CONNECT. Source: MQTT 5.0, 3.1. */
final class ConnectEncoder {
    private ConnectEncoder() {}

    static Frame frame(Connect packet) {
        boolean v5 = packet.version().hasProperties();
        Frame frame = new Frame(PacketType.CONNECT, v5);
        frame.head()
                .string(packet.version().protocolName())
                .u8(packet.version().level())
                .u8(flags(packet))
                .u16(packet.keepAliveSeconds());
        if (v5) {
            writeProperties(packet.properties(), frame.properties());
        }
        frame.payload().string(packet.clientId());
        if (packet.will() != null) {
            writeWill(packet.will(), v5, frame.payload());
        }
        if (packet.userName() != null) {
            frame.payload().string(packet.userName());
        }
        if (packet.password() != null) {
            frame.payload().binary(packet.password());
        }
        return frame;
    }

    private static int flags(Connect packet) {
        int flags = packet.cleanStart() ? 0x02 : 0;
        Will will = packet.will();
        if (will != null) {
            flags |= 0x04 | (will.qos().level() << 3) | (will.retain() ? 0x20 : 0);
        }
        return flags
                | (packet.password() != null ? 0x40 : 0)
                | (packet.userName() != null ? 0x80 : 0);
    }

    private static void writeProperties(ConnectProperties given, PropertyWriter out) {
        ConnectProperties standard = ConnectProperties.DEFAULT;
        out.u32Unless(
                standard.sessionExpirySeconds(),
                PropertyId.SESSION_EXPIRY,
                given.sessionExpirySeconds());
        out.u16Unless(
                standard.receiveMaximum(), PropertyId.RECEIVE_MAXIMUM, given.receiveMaximum());
        out.u32Unless(
                standard.maximumPacketSize(),
                PropertyId.MAXIMUM_PACKET_SIZE,
                given.maximumPacketSize());
        out.u16Unless(
                standard.topicAliasMaximum(),
                PropertyId.TOPIC_ALIAS_MAXIMUM,
                given.topicAliasMaximum());
        out.flagUnless(
                standard.requestResponseInformation(),
                PropertyId.REQUEST_RESPONSE_INFORMATION,
                given.requestResponseInformation());
        out.flagUnless(
                standard.requestProblemInformation(),
                PropertyId.REQUEST_PROBLEM_INFORMATION,
                given.requestProblemInformation());
        out.string(PropertyId.AUTHENTICATION_METHOD, given.authenticationMethod());
        out.binary(PropertyId.AUTHENTICATION_DATA, given.authenticationData());
        out.users(given.userProperties());
    }

    private static void writeWill(Will will, boolean v5, ByteWriter out) {
        Message message = will.message();
        if (v5) {
            PropertyWriter properties = new PropertyWriter();
            properties.u32Unless(0, PropertyId.WILL_DELAY, will.delaySeconds());
            properties.u32Unless(-1, PropertyId.MESSAGE_EXPIRY, will.expirySeconds());
            properties.bytes().raw(message.properties().encoded());
            out.variableByteInteger(properties.length()).append(properties.bytes());
        }
        out.binary(message.topic().utf8()).binary(message.payload());
    }
}
