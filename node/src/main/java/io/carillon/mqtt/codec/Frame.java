package io.carillon.mqtt.codec;

import io.carillon.mqtt.packet.ReasonCode;
import io.carillon.mqtt.packet.UserProperties;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * A packet other than PUBLISH in the making: its parts, so that its size is known before a byte is
 * written, and so that what explains it to people can be left out when it would not fit.
 */
final class Frame {
    private final int firstByte;
    private final boolean hasProperties;
    private final ByteWriter head = new ByteWriter();
    private final PropertyWriter properties = new PropertyWriter();
    private final PropertyWriter reasonString = new PropertyWriter();
    private final PropertyWriter users = new PropertyWriter();
    private final ByteWriter payload = new ByteWriter();
    private @Nullable ReasonCode lastReason;

    Frame(PacketType type, boolean hasProperties) {
        this.firstByte = type.firstByte();
        this.hasProperties = hasProperties;
    }

    /** What stands between the fixed header and the properties. */
    ByteWriter head() {
        return head;
    }

    /** The properties that must be there. */
    PropertyWriter properties() {
        return properties;
    }

    /** What follows the properties. */
    ByteWriter payload() {
        return payload;
    }

    /** The properties that can be left out. */
    void explain(@Nullable String reason, UserProperties userProperties) {
        reasonString.string(PropertyId.REASON_STRING, reason);
        users.users(userProperties);
    }

    /** A reason code that goes, with the properties behind it, where it says nothing. */
    void lastReason(ReasonCode reason) {
        lastReason = reason;
    }

    /** How much of the explanation fits. */
    enum Detail {
        ALL,
        REASON_STRING,
        NONE
    }

    /**
     * The most detail, at the most the one given, with which the packet is not above the limit; or
     * null if even the bare packet is. [MQTT-3.2.2-19] [MQTT-3.2.2-20] [MQTT-3.4.2-2]
     * [MQTT-3.4.2-3] [MQTT-3.5.2-2] [MQTT-3.5.2-3] [MQTT-3.6.2-2] [MQTT-3.6.2-3] [MQTT-3.7.2-2]
     * [MQTT-3.7.2-3] [MQTT-3.9.2-1] [MQTT-3.9.2-2] [MQTT-3.11.2-1] [MQTT-3.11.2-2] [MQTT-3.14.2-3]
     * [MQTT-3.14.2-4] [MQTT-3.15.2-2] [MQTT-3.15.2-3]
     */
    @Nullable Detail fitting(Detail most, int packetBytesMax) {
        for (Detail detail : Detail.values()) {
            if (detail.compareTo(most) >= 0 && size(detail) <= packetBytesMax) {
                return detail;
            }
        }
        return null;
    }

    int size(Detail detail) {
        int remaining = remaining(detail);
        return 1 + VariableByteInteger.bytes(remaining) + remaining;
    }

    void write(Detail detail, ByteBuf out) {
        out.writeByte(firstByte);
        VariableByteInteger.write(remaining(detail), out);
        head.copyTo(out);
        int propertyBytes = propertyBytes(detail);
        if (hasProperties && lastReason != null) {
            if (propertyBytes == 0 && lastReason == ReasonCode.SUCCESS) {
                return;
            }
            out.writeByte(lastReason.value());
            if (propertyBytes == 0) {
                return;
            }
        }
        if (hasProperties) {
            // [MQTT-2.2.2-1]
            VariableByteInteger.write(propertyBytes, out);
            properties.bytes().copyTo(out);
            if (detail != Detail.NONE) {
                reasonString.bytes().copyTo(out);
            }
            if (detail == Detail.ALL) {
                users.bytes().copyTo(out);
            }
        }
        payload.copyTo(out);
    }

    private int remaining(Detail detail) {
        if (!hasProperties) {
            return head.length() + payload.length();
        }
        int propertyBytes = propertyBytes(detail);
        if (lastReason != null && propertyBytes == 0) {
            return head.length() + (lastReason == ReasonCode.SUCCESS ? 0 : 1);
        }
        return head.length()
                + (lastReason == null ? 0 : 1)
                + VariableByteInteger.bytes(propertyBytes)
                + propertyBytes
                + payload.length();
    }

    private int propertyBytes(Detail detail) {
        return properties.length()
                + (detail == Detail.NONE ? 0 : reasonString.length())
                + (detail == Detail.ALL ? users.length() : 0);
    }
}
