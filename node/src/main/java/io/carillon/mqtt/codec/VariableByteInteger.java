package io.carillon.mqtt.codec;

import io.netty.buffer.ByteBuf;

/** The standard's integer of one to four bytes, seven bits in each. Source: MQTT 5.0, 1.5.5. */
final class VariableByteInteger {
    /** The highest value, 268,435,455. */
    static final int MAX = (1 << 28) - 1;

    private VariableByteInteger() {}

    /** How many bytes the value takes at the least [MQTT-1.5.5-1]. */
    static int bytes(int value) {
        if (value < 1 << 7) {
            return 1;
        }
        if (value < 1 << 14) {
            return 2;
        }
        return value < 1 << 21 ? 3 : 4;
    }

    /** Writes a value of 0 to {@link #MAX}. */
    static void write(int value, ByteBuf out) {
        int rest = value;
        while (rest >= 0x80) {
            out.writeByte(rest | 0x80);
            rest >>>= 7;
        }
        out.writeByte(rest);
    }
}
