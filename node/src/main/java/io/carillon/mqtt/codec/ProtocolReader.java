package io.carillon.mqtt.codec;

import io.carillon.mqtt.packet.MqttVersion;

/**
 * Reads the protocol name and level of CONNECT. The bit 0x80 of the level, by which bridges of one
 * broker ask for a private variant, is refused like any unknown level: such a bridge then comes
 * back without it, and would rely on what we do not do if it were let in. Source: MQTT 5.0, 3.1.2.
 */
final class ProtocolReader {
    private static final int PRIVATE_BRIDGE = 0x80;

    private ProtocolReader() {}

    /** The version; the body has it from then on, also where the level proves unsupported. */
    static MqttVersion read(BodyReader body) throws MalformedPacket {
        // [MQTT-3.1.2-1] [MQTT3-3.1.2-1]
        String name = body.string();
        if (!name.equals(MqttVersion.V5.protocolName())
                && !name.equals(MqttVersion.V3_1.protocolName())) {
            throw body.malformed(Malformation.UNKNOWN_PROTOCOL_NAME);
        }
        int level = body.u8();
        for (MqttVersion version : MqttVersion.values()) {
            if (version.level() == level && version.protocolName().equals(name)) {
                body.version(version);
                return version;
            }
        }
        // [MQTT-3.1.2-2] [MQTT3-3.1.2-2]: answered in the form that its sender likely reads.
        boolean newer = (level & ~PRIVATE_BRIDGE) > MqttVersion.V5.level();
        body.version(newer ? MqttVersion.V5 : MqttVersion.V3_1_1);
        throw body.malformed(Malformation.UNKNOWN_PROTOCOL_LEVEL, name + " " + level);
    }
}
