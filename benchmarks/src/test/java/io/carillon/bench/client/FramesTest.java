package io.carillon.bench.client;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.carillon.mqtt.codec.DecoderLimits;
import io.carillon.mqtt.codec.MalformedPacket;
import io.carillon.mqtt.codec.PacketDecoder;
import io.carillon.mqtt.codec.Side;
import io.carillon.mqtt.packet.Connect;
import io.carillon.mqtt.packet.Disconnect;
import io.carillon.mqtt.packet.MqttVersion;
import io.carillon.mqtt.packet.Packet;
import io.carillon.mqtt.packet.Pingreq;
import io.carillon.mqtt.packet.Publish;
import io.carillon.mqtt.packet.QoS;
import io.carillon.mqtt.packet.Subscribe;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The broker's own decoder reads what the load client writes. */
final class FramesTest {

    @ParameterizedTest
    @EnumSource(Protocol.class)
    void aConnectIsReadBack(Protocol protocol) throws MalformedPacket {
        Identity identity = new Identity(protocol, "me", false, 3_600, 30, "user", "secret");

        Connect connect = assertInstanceOf(Connect.class, connection(identity));

        assertEquals("me", connect.clientId());
        assertEquals("user", connect.userName());
        assertArrayEquals(Frame.utf8("secret"), connect.password());
        assertEquals(30, connect.keepAliveSeconds());
        assertEquals(protocol == Protocol.V5, connect.version() == MqttVersion.V5);
        if (protocol == Protocol.V5) {
            assertEquals(3_600, connect.properties().sessionExpirySeconds());
        }
        assertNull(connect.will());
    }

    @ParameterizedTest
    @CsvSource({"V3_1_1,0", "V3_1_1,1", "V3_1_1,2", "V5,0", "V5,1", "V5,2"})
    void aPublishIsReadBackWithItsNumber(Protocol protocol, int qos) throws MalformedPacket {
        PublishFrame frame = PublishFrame.of(protocol, Frame.utf8("a/b"), qos, 9, 300);
        ByteBuf out = Unpooled.buffer().writeZero(3);

        frame.write(out, 777, 5_000_000_000L, 42);

        assertEquals(3 + frame.size(), out.writerIndex());
        Publish publish = assertInstanceOf(Publish.class, decode(protocol, out.skipBytes(3)));
        assertEquals("a/b", publish.message().topic().name());
        assertEquals(QoS.of(qos), publish.qos());
        assertEquals(qos == 0 ? 0 : 777, publish.packetId());
        ByteBuf payload = Unpooled.wrappedBuffer(publish.message().payload());
        assertEquals(300, payload.readableBytes());
        assertEquals(9, Stamp.publisher(payload, 0));
        assertEquals(5_000_000_000L, Stamp.number(payload, 0));
        assertEquals(42, Stamp.nanos(payload, 0));
    }

    @ParameterizedTest
    @EnumSource(Protocol.class)
    void aSubscribeIsReadBack(Protocol protocol) throws MalformedPacket {
        ByteBuf out = Unpooled.wrappedBuffer(Frames.subscribe(protocol, 3, "a/+", 1));

        Subscribe subscribe = assertInstanceOf(Subscribe.class, decode(protocol, out));

        assertEquals(3, subscribe.packetId());
        assertEquals("a/+", subscribe.requests().getFirst().filter());
        assertEquals(QoS.AT_LEAST_ONCE, subscribe.requests().getFirst().options().maximumQos());
    }

    @ParameterizedTest
    @EnumSource(Protocol.class)
    void aSubscribeToManyFiltersIsReadBack(Protocol protocol) throws MalformedPacket {
        List<byte[]> filters = List.of(Frame.utf8("a/b"), Frame.utf8("a/+/c"), Frame.utf8("#"));
        ByteBuf out = Unpooled.wrappedBuffer(Frames.subscribe(protocol, 3, filters, 0));

        Subscribe subscribe = assertInstanceOf(Subscribe.class, decode(protocol, out));

        assertEquals(
                List.of("a/b", "a/+/c", "#"),
                subscribe.requests().stream().map(Subscribe.Request::filter).toList());
    }

    @Test
    void theShortPacketsAreReadBack() throws MalformedPacket {
        assertInstanceOf(
                Pingreq.class, decode(Protocol.V5, Unpooled.wrappedBuffer(Frames.pingreq())));
        assertInstanceOf(
                Disconnect.class, decode(Protocol.V5, Unpooled.wrappedBuffer(Frames.disconnect())));
    }

    private static Packet connection(Identity identity) throws MalformedPacket {
        return decoder().decode(Unpooled.wrappedBuffer(Frames.connect(identity)));
    }

    private static Packet decode(Protocol protocol, ByteBuf in) throws MalformedPacket {
        PacketDecoder decoder = decoder();
        Identity identity = new Identity(protocol, "me", true, 0, 0, null, null);
        decoder.decode(Unpooled.wrappedBuffer(Frames.connect(identity)));
        decoder.accepted(protocol == Protocol.V5 ? MqttVersion.V5 : MqttVersion.V3_1_1, 0);
        return decoder.decode(in);
    }

    private static PacketDecoder decoder() {
        return new PacketDecoder(DecoderLimits.DEFAULT, InstantSource.system(), Side.SERVER);
    }
}
