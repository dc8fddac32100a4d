package io.carillon.mqtt.codec;

import org.jspecify.annotations.Nullable;

/**
 * The types of control packets with the flags of their first byte and who may read them: those of
 * the standard and no others [MQTT3-7.0.0-2]. Source: MQTT 5.0, 2.1.2 and 2.1.3.
 */
public enum PacketType {
    CONNECT(1, 0, true, false),
    CONNACK(2, 0, false, true),
    PUBLISH(3, 0, true, true),
    PUBACK(4, 0, true, true),
    PUBREC(5, 0, true, true),
    PUBREL(6, 2, true, true),
    PUBCOMP(7, 0, true, true),
    SUBSCRIBE(8, 2, true, false),
    SUBACK(9, 0, false, true),
    UNSUBSCRIBE(10, 2, true, false),
    UNSUBACK(11, 0, false, true),
    PINGREQ(12, 0, true, false),
    PINGRESP(13, 0, false, true),
    DISCONNECT(14, 0, true, true),
    AUTH(15, 0, true, true);

    private static final PacketType[] TYPES = values();

    private final int number;
    private final int flags;
    private final boolean toServer;
    private final boolean toClient;

    PacketType(int number, int flags, boolean toServer, boolean toClient) {
        this.number = number;
        this.flags = flags;
        this.toServer = toServer;
        this.toClient = toClient;
    }

    /** The first byte of such a packet; for PUBLISH that of QoS 0 without retain. */
    int firstByte() {
        return (number << 4) | flags;
    }

    /** The low four bits that the standard demands [MQTT-2.1.3-1]; PUBLISH has its own. */
    int flags() {
        return flags;
    }

    /** True if that side may receive it at all. */
    boolean readBy(Side side) {
        return switch (side) {
            case SERVER -> toServer;
            case CLIENT -> toClient;
        };
    }

    /** The type that a first byte names, or null for the forbidden number 0. */
    static @Nullable PacketType of(int firstByte) {
        int number = (firstByte >>> 4) & 0x0F;
        return number == 0 ? null : TYPES[number - 1];
    }
}
