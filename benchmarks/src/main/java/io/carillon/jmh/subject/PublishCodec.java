package io.carillon.jmh.subject;

import io.carillon.mqtt.codec.PacketDecoder;
import io.carillon.mqtt.codec.PacketEncoder;
import io.carillon.mqtt.packet.Packet;
import io.carillon.mqtt.packet.Publish;
import io.carillon.mqtt.packet.QoS;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** One PUBLISH to a topic that the connection has used before: read, and written. */
@State(Scope.Thread)
public class PublishCodec {
    @Param Layout layout = Layout.V3_1_1;

    @Param({"0", "1"})
    int qos;

    @Param({"64", "1024"})
    int payloadBytes;

    private ByteBuf in = Unpooled.EMPTY_BUFFER;
    private ByteBuf out = Unpooled.EMPTY_BUFFER;
    private Publish packet = Sample.publish(Sample.TOPIC, QoS.AT_MOST_ONCE, 0, layout.properties());
    private PacketDecoder decoder;
    private PacketEncoder encoder;

    @Setup
    public void setUp() throws Exception {
        packet = Sample.publish(Sample.TOPIC, QoS.of(qos), payloadBytes, layout.properties());
        in = Sample.bytes(layout.version(), packet, 1);
        out = in.alloc().directBuffer(2 * in.readableBytes());
        decoder = Sample.decoder(layout.version());
        encoder = new PacketEncoder(layout.version(), Sample.CLOCK);
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
        out.clear();
        return encoder.encode(packet, out);
    }
}
