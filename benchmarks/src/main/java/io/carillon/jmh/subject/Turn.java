package io.carillon.jmh.subject;

import io.carillon.mqtt.packet.MessageProperties;
import io.carillon.mqtt.packet.MqttVersion;
import io.carillon.mqtt.packet.Puback;
import io.carillon.mqtt.packet.QoS;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * A turn of an event loop without sockets: PUBLISHes of 64 bytes that a client has sent are
 * decoded, routed, encoded for the receivers and handed to their channels, and at QoS 1 all
 * acknowledge. The cost of the broker's own code, per PUBLISH.
 */
@State(Scope.Thread)
public class Turn {
    private static final int BURST = 20;
    private static final int ACK_BYTES = 4;

    @Param({"0", "1"})
    int qos;

    @Param({"1", "200"})
    int receivers;

    private final TableBroker broker = new TableBroker();
    private final MemoryChannel publisher = broker.client("publisher");
    private final List<MemoryChannel> channels = new ArrayList<>();
    private ByteBuf one = Unpooled.EMPTY_BUFFER;
    private ByteBuf burst = Unpooled.EMPTY_BUFFER;
    private ByteBuf acks = Unpooled.EMPTY_BUFFER;
    private int lastPacketId;

    @Setup
    public void setUp() {
        var packet = Sample.publish(Sample.TOPIC, QoS.of(qos), 64, MessageProperties.NONE);
        one = Sample.bytes(MqttVersion.V3_1_1, packet, 1);
        burst = Sample.bytes(MqttVersion.V3_1_1, packet, BURST);
        acks = Sample.bytes(MqttVersion.V3_1_1, new Puback(1), BURST);
        for (int i = 0; i < receivers; i++) {
            MemoryChannel channel = broker.client("receiver-" + i);
            broker.subscribe(channel, Sample.TOPIC, QoS.of(qos));
            channels.add(channel);
        }
    }

    @TearDown
    public void tearDown() {
        one.release();
        burst.release();
        acks.release();
    }

    @Benchmark
    public long single() {
        return turn(one, 1);
    }

    @Benchmark
    @OperationsPerInvocation(BURST)
    public long burst() {
        return turn(burst, BURST);
    }

    private long turn(ByteBuf publishes, int count) {
        read(publisher, publishes);
        broker.endTurn();
        if (qos > 0) {
            acknowledge(count);
        }
        return channels.getFirst().bytesSent();
    }

    /** All receivers acknowledge what they were sent: packet identifiers count up. */
    private void acknowledge(int count) {
        ByteBuf due = acks.slice(0, count * ACK_BYTES);
        for (int i = 0; i < count; i++) {
            lastPacketId = lastPacketId % 65_535 + 1;
            acks.setShort(i * ACK_BYTES + 2, lastPacketId);
        }
        for (MemoryChannel channel : channels) {
            read(channel, due);
        }
        broker.endTurn();
    }

    /** The channel reads these bytes, which stay the caller's. */
    private static void read(MemoryChannel channel, ByteBuf bytes) {
        channel.pipeline().fireChannelRead(bytes.retainedDuplicate());
        channel.pipeline().fireChannelReadComplete();
    }
}
