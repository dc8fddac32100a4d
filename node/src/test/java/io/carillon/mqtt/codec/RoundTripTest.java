package io.carillon.mqtt.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.carillon.mqtt.packet.MqttVersion;
import io.carillon.mqtt.packet.Packet;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Streams of random packets, written by one side and read by the other in random pieces, come out
 * as they went in. A failure names its seed, which then belongs among the fixed ones.
 */
class RoundTripTest {
    private static final int PACKETS = 300;
    private static final DecoderLimits LIMITS =
            new DecoderLimits(65_536, 65_536, 65_535, 65_535, 200, 100, 100, true);

    static LongStream seeds() {
        return LongStream.concat(LongStream.of(1, 2, 3, 42), new SplittableRandom().longs(4));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void whatOneSideWritesTheOtherReads(long seed) throws MalformedPacket {
        RandomGenerator random = new SplittableRandom(seed);
        for (MqttVersion version : MqttVersion.values()) {
            for (Side sender : Side.values()) {
                run(random, version, sender);
            }
        }
    }

    private static void run(RandomGenerator random, MqttVersion version, Side sender)
            throws MalformedPacket {
        PacketGenerator generator = new PacketGenerator(random, version, sender);
        PacketEncoder encoder = new PacketEncoder(version, PacketTable.CLOCK, sender);
        Deque<String> expected = new ArrayDeque<>();
        ByteBuf stream = Unpooled.buffer();
        if (sender == Side.CLIENT) {
            write(generator.connect(), encoder, stream, expected);
        }
        for (int i = 0; i < PACKETS; i++) {
            write(generator.next(), encoder, stream, expected);
        }
        read(random, version, sender == Side.CLIENT ? Side.SERVER : Side.CLIENT, stream, expected);
    }

    private static void write(
            Packet packet, PacketEncoder encoder, ByteBuf stream, Deque<String> expected) {
        assertEquals(encoder.size(packet), encoder.encode(packet, stream), packet.toString());
        expected.add(PacketText.of(packet));
    }

    private static void read(
            RandomGenerator random,
            MqttVersion version,
            Side reader,
            ByteBuf stream,
            Deque<String> expected)
            throws MalformedPacket {
        PacketDecoder decoder = new PacketDecoder(LIMITS, PacketTable.CLOCK, reader);
        if (reader == Side.CLIENT) {
            decoder.accepted(version, 0);
        }
        ByteBuf in = Unpooled.buffer();
        while (stream.isReadable()) {
            in.writeBytes(stream, Math.min(stream.readableBytes(), random.nextInt(1, 300)));
            for (Packet p = decoder.decode(in); p != null; p = decoder.decode(in)) {
                assertEquals(expected.poll(), PacketText.of(p));
            }
            in.discardReadBytes();
        }
        assertNull(expected.poll());
    }
}
