package io.carillon.bench.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.carillon.mqtt.codec.PacketEncoder;
import io.carillon.mqtt.packet.Connack;
import io.carillon.mqtt.packet.ConnackProperties;
import io.carillon.mqtt.packet.Message;
import io.carillon.mqtt.packet.MqttVersion;
import io.carillon.mqtt.packet.Packet;
import io.carillon.mqtt.packet.Puback;
import io.carillon.mqtt.packet.Pubcomp;
import io.carillon.mqtt.packet.Publish;
import io.carillon.mqtt.packet.Pubrec;
import io.carillon.mqtt.packet.Pubrel;
import io.carillon.mqtt.packet.QoS;
import io.carillon.mqtt.packet.ReasonCode;
import io.carillon.mqtt.packet.Suback;
import io.carillon.mqtt.packet.Topic;
import io.carillon.mqtt.packet.UserProperties;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The load client reads what the broker's own encoder writes, however the bytes are cut. */
final class ClientParsingTest {

    @ParameterizedTest
    @CsvSource({
        "V3_1_1,1",
        "V3_1_1,2",
        "V3_1_1,7",
        "V3_1_1,100000",
        "V5,1",
        "V5,2",
        "V5,7",
        "V5,100000"
    })
    void understandsEveryPacketItMayGet(Protocol protocol, int piece) {
        MqttVersion version = protocol == Protocol.V5 ? MqttVersion.V5 : MqttVersion.V3_1_1;
        PacketEncoder encoder = new PacketEncoder(version, InstantSource.system());
        ConnackProperties limits =
                ConnackProperties.builder()
                        .receiveMaximum(9)
                        .maximumPacketSize(1_000)
                        .assignedClientId("x")
                        .userProperties(UserProperties.of("a", "b"))
                        .build();
        ByteBuf bytes = Unpooled.buffer();
        for (Packet packet :
                List.of(
                        new Connack(false, ReasonCode.SUCCESS, limits),
                        new Suback(1, List.of(ReasonCode.granted(QoS.AT_LEAST_ONCE))),
                        publish(QoS.AT_MOST_ONCE, 0, 10),
                        publish(QoS.AT_LEAST_ONCE, 300, 200),
                        publish(QoS.EXACTLY_ONCE, 65_535, 2_000),
                        new Puback(1),
                        new Puback(2, ReasonCode.NO_MATCHING_SUBSCRIBERS),
                        new Pubrec(3),
                        new Pubrel(4),
                        new Pubcomp(5))) {
            encoder.encode(packet, bytes);
        }
        EmbeddedChannel channel = new EmbeddedChannel();
        Recorder recorder = new Recorder(new LoadLoop(channel.eventLoop()), protocol);
        channel.pipeline().addLast(recorder);

        while (bytes.isReadable()) {
            channel.writeInbound(bytes.readBytes(Math.min(piece, bytes.readableBytes())));
        }

        int receiveMaximum = protocol == Protocol.V5 ? 9 : 65_535;
        int noSubscribers = protocol == Protocol.V5 ? 0x10 : 0;
        assertEquals(
                List.of(
                        "connack 0 " + receiveMaximum,
                        "suback",
                        "publish 0 0 10",
                        "publish 1 300 200",
                        "publish 2 65535 2000",
                        "puback 1 0",
                        "puback 2 " + noSubscribers,
                        "pubrec 3 0",
                        "pubrel 4",
                        "pubcomp 5 0"),
                recorder.seen);
        channel.finishAndReleaseAll();
    }

    private static Publish publish(QoS qos, int packetId, int payloadBytes) {
        byte[] payload = "p".repeat(payloadBytes).getBytes(StandardCharsets.UTF_8);
        return new Publish(
                Message.of(Topic.of("some/topic"), payload), qos, false, false, packetId);
    }

    /** Writes down what it is told. */
    private static final class Recorder extends Client {
        final List<String> seen = new ArrayList<>();

        Recorder(LoadLoop loop, Protocol protocol) {
            super(loop, new Identity(protocol, "me", true, 0, 0, null, null));
        }

        @Override
        protected void connected(io.carillon.bench.client.Connack connack) {
            seen.add("connack " + connack.code() + " " + connack.receiveMaximum());
        }

        @Override
        protected void subscribed() {
            seen.add("suback");
        }

        @Override
        protected void published(ByteBuf in, int qos, int packetId, int at, int length) {
            seen.add("publish " + qos + " " + packetId + " " + length);
        }

        @Override
        protected void puback(int packetId, int reason) {
            seen.add("puback " + packetId + " " + reason);
        }

        @Override
        protected void pubrec(int packetId, int reason) {
            seen.add("pubrec " + packetId + " " + reason);
        }

        @Override
        protected void pubrel(int packetId) {
            seen.add("pubrel " + packetId);
        }

        @Override
        protected void pubcomp(int packetId, int reason) {
            seen.add("pubcomp " + packetId + " " + reason);
        }
    }
}
