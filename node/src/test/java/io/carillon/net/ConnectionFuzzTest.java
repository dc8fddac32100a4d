package io.carillon.net;

import static io.carillon.net.TestClient.publish;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.carillon.mqtt.codec.PacketEncoder;
import io.carillon.mqtt.codec.Side;
import io.carillon.mqtt.packet.Disconnect;
import io.carillon.mqtt.packet.MqttVersion;
import io.carillon.mqtt.packet.Packet;
import io.carillon.mqtt.packet.Pingreq;
import io.carillon.mqtt.packet.Puback;
import io.carillon.mqtt.packet.Pubcomp;
import io.carillon.mqtt.packet.Pubrec;
import io.carillon.mqtt.packet.Pubrel;
import io.carillon.mqtt.packet.QoS;
import io.carillon.mqtt.packet.ReasonCode;
import io.carillon.mqtt.packet.SubscriptionOptions;
import io.carillon.mqtt.packet.Unsubscribe;
import io.carillon.mqtt.packet.UserProperties;
import io.carillon.net.lane.NetCount;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** P11: whatever bytes a client sends, in whatever pieces, the server does not fail at it. */
final class ConnectionFuzzTest {
    private static final int CLIENTS = 60;
    private static final List<MqttVersion> VERSIONS = List.of(MqttVersion.values());

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14, 15, 16})
    void survivesDamagedPacketsInPieces(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < CLIENTS; i++) {
            TestBroker broker = new TestBroker();
            broker.sessions.sessionPresent = random.nextBoolean();
            broker.router.held = random.nextInt(4) == 0;
            List<ByteBuf> pieces = pieces(random, script(random, broker));
            EmbeddedChannel channel = broker.open().channel();
            for (ByteBuf piece : pieces) {
                if (channel.isOpen()) {
                    channel.writeInbound(piece);
                    broker.settle();
                } else {
                    piece.release();
                }
            }
            var _ = channel.close();
            broker.settle();
            assertEquals(0, broker.count(NetCount.FAILURES));
            assertEquals(0, broker.factory.openConnections());
            assertEquals(0, broker.topics.subscriptionCount());
            for (ByteBuf piece : pieces) {
                assertEquals(0, piece.refCnt());
            }
        }
    }

    /** A sensible conversation, some bytes of which are changed. */
    private static byte[] script(SplittableRandom random, TestBroker broker) {
        MqttVersion version = VERSIONS.get(random.nextInt(VERSIONS.size()));
        PacketEncoder encoder = new PacketEncoder(version, broker.clock, Side.CLIENT);
        ByteBuf bytes = Unpooled.buffer();
        encoder.encode(TestClient.connect(version, "c" + random.nextInt(3)), bytes);
        for (int i = random.nextInt(30); i > 0; i--) {
            encoder.encode(packet(random), bytes);
        }
        byte[] script = new byte[bytes.readableBytes()];
        bytes.readBytes(script).release();
        for (int i = random.nextInt(4); i > 0; i--) {
            script[random.nextInt(script.length)] = (byte) random.nextInt(256);
        }
        return script;
    }

    private static Packet packet(SplittableRandom random) {
        int id = 1 + random.nextInt(5);
        QoS qos = QoS.of(random.nextInt(3));
        return switch (random.nextInt(10)) {
            case 0, 1, 2 ->
                    publish("t/" + random.nextInt(3), "x", qos, qos.acknowledged() ? id : 0);
            case 3 -> TestClient.subscribe("t/#", SubscriptionOptions.of(qos), 0);
            case 4 -> new Unsubscribe(id, List.of("t/#"), UserProperties.NONE);
            case 5 -> new Puback(id);
            case 6 -> new Pubrec(id);
            case 7 -> random.nextBoolean() ? new Pubrel(id) : new Pubcomp(id);
            case 8 -> new Pingreq();
            default ->
                    random.nextInt(5) == 0
                            ? new Disconnect(ReasonCode.SUCCESS, null)
                            : new Pingreq();
        };
    }

    private static List<ByteBuf> pieces(SplittableRandom random, byte[] script) {
        List<ByteBuf> pieces = new ArrayList<>();
        for (int from = 0; from < script.length; ) {
            int to = Math.min(script.length, from + 1 + random.nextInt(40));
            ByteBuf piece = Unpooled.directBuffer(to - from);
            pieces.add(piece.writeBytes(script, from, to - from));
            from = to;
        }
        return pieces;
    }
}
