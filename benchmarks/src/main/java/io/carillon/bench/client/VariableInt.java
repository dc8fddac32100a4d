package io.carillon.bench.client;

import io.netty.buffer.ByteBuf;

/** A variable byte integer of one to four bytes, read where it lies. */
final class VariableInt {
    private VariableInt() {}

    static int value(ByteBuf in, int at) {
        int value = 0;
        for (int i = 0; i < 4; i++) {
            int octet = in.getByte(at + i);
            value |= (octet & 0x7f) << 7 * i;
            if (octet >= 0) {
                return value;
            }
        }
        throw new IllegalStateException("a length of more than four bytes");
    }

    /** How many bytes it takes. */
    static int size(ByteBuf in, int at) {
        int size = 1;
        while (in.getByte(at + size - 1) < 0) {
            size++;
        }
        return size;
    }
}
