package io.carillon.jmh.subject;

import io.carillon.mqtt.codec.PacketDecoder;
import io.carillon.mqtt.packet.Packet;
import io.carillon.mqtt.packet.QoS;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.Blackhole;

/** A buffer of a hundred PUBLISHes of 64 bytes, as a busy client fills it; per packet. */
@State(Scope.Thread)
public class ReadBuffer {
    private static final int PACKETS = 100;
    private static final int PAYLOAD_BYTES = 64;

    @Param Layout layout = Layout.V3_1_1;

    @Param({"0", "1"})
    int qos;

    private ByteBuf in = Unpooled.EMPTY_BUFFER;
    private PacketDecoder decoder;

    @Setup
    public void setUp() throws Exception {
        var packet = Sample.publish(Sample.TOPIC, QoS.of(qos), PAYLOAD_BYTES, layout.properties());
        in = Sample.bytes(layout.version(), packet, PACKETS);
        decoder = Sample.decoder(layout.version());
    }

    @TearDown
    public void tearDown() {
        in.release();
    }

    @Benchmark
    @OperationsPerInvocation(PACKETS)
    public void decode(Blackhole sink) throws Exception {
        in.readerIndex(0);
        for (Packet next = decoder.decode(in); next != null; next = decoder.decode(in)) {
            sink.consume(next);
        }
    }
}
