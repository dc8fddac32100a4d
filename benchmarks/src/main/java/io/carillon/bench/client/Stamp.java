package io.carillon.bench.client;

import io.netty.buffer.ByteBuf;

/**
 * The first bytes of each payload: who sent it, its number, and when. The rest is filling.
 *
 * <p>The time is {@link System#nanoTime}, which on Linux runs alike in all processes of a machine:
 * publisher and subscriber may be two of them.
 */
final class Stamp {
    /** What a payload needs at least. */
    static final int BYTES = 20;

    private static final int NUMBER = 4;
    private static final int NANOS = 12;

    private Stamp() {}

    static void setPublisher(byte[] frame, int at, int publisher) {
        frame[at] = (byte) (publisher >>> 24);
        frame[at + 1] = (byte) (publisher >>> 16);
        frame[at + 2] = (byte) (publisher >>> 8);
        frame[at + 3] = (byte) publisher;
    }

    static void set(ByteBuf buffer, int at, long number, long nanos) {
        buffer.setLong(at + NUMBER, number);
        buffer.setLong(at + NANOS, nanos);
    }

    static int publisher(ByteBuf buffer, int at) {
        return buffer.getInt(at);
    }

    static long number(ByteBuf buffer, int at) {
        return buffer.getLong(at + NUMBER);
    }

    static long nanos(ByteBuf buffer, int at) {
        return buffer.getLong(at + NANOS);
    }
}
