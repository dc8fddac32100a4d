package io.carillon.bench.client;

import io.netty.buffer.ByteBuf;

/**
 * The broker's answer to CONNECT, as far as load depends on it.
 *
 * @param code 0 if the broker took the connection
 * @param receiveMaximum how many QoS 1 and 2 messages may wait for their acknowledgement
 * @param maximumPacketSize the largest packet that the broker takes, in bytes
 */
record Connack(int code, int receiveMaximum, int maximumPacketSize) {
    private static final int NO_LIMIT = 65_535;

    /** Reads the packet's variable header; its whole body is there. */
    static Connack read(ByteBuf in, int at, int end, Protocol protocol) {
        int code = in.getUnsignedByte(at + 1);
        if (!protocol.hasProperties() || at + 2 >= end) {
            return new Connack(code, NO_LIMIT, Integer.MAX_VALUE);
        }
        int receiveMaximum = NO_LIMIT;
        int maximumPacketSize = Integer.MAX_VALUE;
        int next = at + 2 + VariableInt.size(in, at + 2);
        while (next < end) {
            int property = in.getUnsignedByte(next++);
            if (property == 0x21) {
                receiveMaximum = in.getUnsignedShort(next);
            } else if (property == 0x27) {
                maximumPacketSize = (int) Math.min(in.getUnsignedInt(next), Integer.MAX_VALUE);
            }
            next += valueBytes(property, in, next);
        }
        return new Connack(code, receiveMaximum, maximumPacketSize);
    }

    /** How long the value of a property of CONNACK is. Source: MQTT 5.0, 2.2.2.2. */
    private static int valueBytes(int property, ByteBuf in, int at) {
        return switch (property) {
            case 0x24, 0x25, 0x28, 0x29, 0x2a -> 1;
            case 0x13, 0x21, 0x22 -> 2;
            case 0x11, 0x27 -> 4;
            case 0x12, 0x15, 0x16, 0x1a, 0x1c, 0x1f -> 2 + in.getUnsignedShort(at);
            case 0x26 -> {
                int name = 2 + in.getUnsignedShort(at);
                yield name + 2 + in.getUnsignedShort(at + name);
            }
            default -> throw new IllegalStateException("CONNACK holds property " + property);
        };
    }
}
