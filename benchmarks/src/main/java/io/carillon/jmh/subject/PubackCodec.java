package io.carillon.jmh.subject;

import io.carillon.mqtt.codec.PacketDecoder;
import io.carillon.mqtt.codec.PacketEncoder;
import io.carillon.mqtt.packet.MqttVersion;
import io.carillon.mqtt.packet.Packet;
import io.carillon.mqtt.packet.Puback;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** One PUBACK: read, and written with the packet made for it. */
@State(Scope.Thread)
public class PubackCodec {
    @Param({"V3_1_1", "V5"})
    MqttVersion version = MqttVersion.V5;

    private ByteBuf in = Unpooled.EMPTY_BUFFER;
    private ByteBuf out = Unpooled.EMPTY_BUFFER;
    private PacketDecoder decoder;
    private PacketEncoder encoder;
    private int packetId = 1;

    @Setup
    public void setUp() throws Exception {
        in = Sample.bytes(version, new Puback(packetId), 1);
        out = in.alloc().directBuffer(2 * in.readableBytes());
        decoder = Sample.decoder(version);
        encoder = new PacketEncoder(version, Sample.CLOCK);
    }

    @TearDown
    public void tearDown() {
        in.release();
        out.release();
    }

    @Benchmark
    public @Nullable Packet decode() throws Exception {
        in.readerIndex(0);
        return decoder.decode(in);
    }

    @Benchmark
    public int encode() {
        packetId = packetId % 65_535 + 1;
        out.clear();
        return encoder.encode(new Puback(packetId), out);
    }
}
