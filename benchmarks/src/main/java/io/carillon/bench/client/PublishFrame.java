package io.carillon.bench.client;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/**
 * A PUBLISH with all its bytes made beforehand, but for packet identifier, number and time, which
 * each copy gets. Immutable.
 */
final class PublishFrame {
    private static final int NO_PACKET_ID = -1;

    private final byte[] bytes;
    private final int packetIdAt;
    private final int stampAt;

    private PublishFrame(byte[] bytes, int packetIdAt, int stampAt) {
        this.bytes = bytes;
        this.packetIdAt = packetIdAt;
        this.stampAt = stampAt;
    }

    /**
     * The frame of one publisher's messages.
     *
     * @param payloadBytes at least {@link Stamp#BYTES}
     */
    static PublishFrame of(
            Protocol protocol, byte[] topic, int qos, int publisher, int payloadBytes) {
        if (payloadBytes < Stamp.BYTES) {
            throw new IllegalArgumentException("a payload holds at least " + Stamp.BYTES);
        }
        int head = 2 + topic.length + (qos > 0 ? 2 : 0) + (protocol.hasProperties() ? 1 : 0);
        Frame frame = new Frame(0x30 | qos << 1, head + payloadBytes);
        frame.text(topic);
        int packetIdAt = qos > 0 ? frame.position() : NO_PACKET_ID;
        if (qos > 0) {
            frame.number(0);
        }
        if (protocol.hasProperties()) {
            frame.octet(0);
        }
        int stampAt = frame.position();
        byte[] bytes = frame.bytes();
        Arrays.fill(bytes, stampAt, bytes.length, (byte) 'x');
        Stamp.setPublisher(bytes, stampAt, publisher);
        return new PublishFrame(bytes, packetIdAt, stampAt);
    }

    int size() {
        return bytes.length;
    }

    /** Appends a copy for one message. */
    void write(ByteBuf out, int packetId, long number, long nanos) {
        int at = out.writerIndex();
        out.writeBytes(bytes);
        if (packetIdAt != NO_PACKET_ID) {
            out.setShort(at + packetIdAt, packetId);
        }
        Stamp.set(out, at + stampAt, number, nanos);
    }
}
