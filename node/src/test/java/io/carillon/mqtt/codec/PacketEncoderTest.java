package io.carillon.mqtt.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.carillon.mqtt.packet.Auth;
import io.carillon.mqtt.packet.Connack;
import io.carillon.mqtt.packet.ConnackProperties;
import io.carillon.mqtt.packet.ConnectProperties;
import io.carillon.mqtt.packet.Disconnect;
import io.carillon.mqtt.packet.Message;
import io.carillon.mqtt.packet.MessageProperties;
import io.carillon.mqtt.packet.MqttVersion;
import io.carillon.mqtt.packet.Packet;
import io.carillon.mqtt.packet.Pingresp;
import io.carillon.mqtt.packet.Puback;
import io.carillon.mqtt.packet.Pubcomp;
import io.carillon.mqtt.packet.Publish;
import io.carillon.mqtt.packet.Pubrec;
import io.carillon.mqtt.packet.Pubrel;
import io.carillon.mqtt.packet.QoS;
import io.carillon.mqtt.packet.ReasonCode;
import io.carillon.mqtt.packet.Suback;
import io.carillon.mqtt.packet.Topic;
import io.carillon.mqtt.packet.Unsuback;
import io.carillon.mqtt.packet.UserProperties;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What an encoder writes to a particular peer, and what it leaves out. */
class PacketEncoderTest {
    private static final UserProperties USERS = UserProperties.of("k", "v");

    private final PacketEncoder encoder = encoder(MqttVersion.V5);

    private static PacketEncoder encoder(MqttVersion version) {
        return new PacketEncoder(version, PacketTable.CLOCK);
    }

    private static void assertWritten(String notation, PacketEncoder encoder, Packet packet) {
        ByteBuf out = Unpooled.buffer();
        int size = encoder.size(packet);
        assertEquals(size, encoder.encode(packet, out));
        assertEquals(size, out.readableBytes());
        assertEquals(HexFormat.of().formatHex(Notation.bytes(notation)), ByteBufUtil.hexDump(out));
    }

    /** A packet that explains itself, with its bytes with all, with the text only, and bare. */
    record Explained(Packet packet, String all, String text, String bare) {}

    static Stream<Explained> explained() {
        ReasonCode reason = ReasonCode.UNSPECIFIED_ERROR;
        ReasonCode unknownId = ReasonCode.PACKET_IDENTIFIER_NOT_FOUND;
        String all = "( 1F s'why' 26 s'k' s'v' )";
        String text = "( 1F s'why' )";
        return Stream.of(
                new Explained(
                        new Puback(1, reason, "why", USERS),
                        "40 ( 0001 80 " + all + " )",
                        "40 ( 0001 80 " + text + " )",
                        "40 ( 0001 80 )"),
                new Explained(
                        new Pubrec(1, reason, "why", USERS),
                        "50 ( 0001 80 " + all + " )",
                        "50 ( 0001 80 " + text + " )",
                        "50 ( 0001 80 )"),
                new Explained(
                        new Pubrel(1, unknownId, "why", USERS),
                        "62 ( 0001 92 " + all + " )",
                        "62 ( 0001 92 " + text + " )",
                        "62 ( 0001 92 )"),
                new Explained(
                        new Pubcomp(1, ReasonCode.SUCCESS, "why", USERS),
                        "70 ( 0001 00 " + all + " )",
                        "70 ( 0001 00 " + text + " )",
                        "70 ( 0001 )"),
                new Explained(
                        new Suback(1, List.of(reason), "why", USERS),
                        "90 ( 0001 " + all + " 80 )",
                        "90 ( 0001 " + text + " 80 )",
                        "90 ( 0001 () 80 )"),
                new Explained(
                        new Unsuback(1, List.of(reason), "why", USERS),
                        "B0 ( 0001 " + all + " 80 )",
                        "B0 ( 0001 " + text + " 80 )",
                        "B0 ( 0001 () 80 )"),
                new Explained(
                        new Auth(ReasonCode.CONTINUE_AUTHENTICATION, "M", null, "why", USERS),
                        "F0 ( 18 ( 15 s'M' 1F s'why' 26 s'k' s'v' ) )",
                        "F0 ( 18 ( 15 s'M' 1F s'why' ) )",
                        "F0 ( 18 ( 15 s'M' ) )"),
                new Explained(
                        new Disconnect(reason, -1, "why", USERS, null),
                        "E0 ( 80 " + all + " )",
                        "E0 ( 80 " + text + " )",
                        "E0 ( 80 )"),
                new Explained(
                        new Connack(
                                false,
                                reason,
                                ConnackProperties.builder()
                                        .reasonString("why")
                                        .userProperties(USERS)
                                        .build()),
                        "20 ( 00 80 " + all + " )",
                        "20 ( 00 80 " + text + " )",
                        "20 ( 00 80 () )"));
    }

    /**
     * [MQTT-3.1.2-24] [MQTT-3.2.2-19] [MQTT-3.2.2-20] [MQTT-3.4.2-2] [MQTT-3.4.2-3] [MQTT-3.5.2-2]
     * [MQTT-3.5.2-3] [MQTT-3.6.2-2] [MQTT-3.6.2-3] [MQTT-3.7.2-2] [MQTT-3.7.2-3] [MQTT-3.9.2-1]
     * [MQTT-3.9.2-2] [MQTT-3.11.2-1] [MQTT-3.11.2-2] [MQTT-3.14.2-3] [MQTT-3.14.2-4]
     * [MQTT-3.15.2-2] [MQTT-3.15.2-3]
     */
    @ParameterizedTest
    @MethodSource("explained")
    void anExplanationThatDoesNotFitIsLeftOut(Explained explained) {
        int all = Notation.bytes(explained.all).length;
        int text = Notation.bytes(explained.text).length;
        int bare = Notation.bytes(explained.bare).length;
        encoder.peer(all, true, 0);
        assertWritten(explained.all, encoder, explained.packet);
        encoder.peer(all - 1, true, 0);
        assertWritten(explained.text, encoder, explained.packet);
        encoder.peer(text, true, 0);
        assertWritten(explained.text, encoder, explained.packet);
        encoder.peer(text - 1, true, 0);
        assertWritten(explained.bare, encoder, explained.packet);
        encoder.peer(bare - 1, true, 0);
        assertWritten("", encoder, explained.packet);
    }

    /** [MQTT-3.1.2-29] */
    @ParameterizedTest
    @MethodSource("explained")
    void onlyConnackAndDisconnectExplainThemselvesUnasked(Explained explained) {
        encoder.peer(Integer.MAX_VALUE, false, 0);
        boolean unasked =
                explained.packet instanceof Connack || explained.packet instanceof Disconnect;
        assertWritten(unasked ? explained.all : explained.bare, encoder, explained.packet);
    }

    /** [MQTT-3.1.2-29] a PUBLISH keeps its user properties. */
    @Test
    void aMessageKeepsItsUserPropertiesWithoutProblemInformation() {
        encoder.peer(Integer.MAX_VALUE, false, 0);
        Message message = message("26 s'k' s'v'", Message.NEVER);
        assertWritten("30 ( s'a/b' ( 26 s'k' s'v' ) 'x' )", encoder, publish(message));
    }

    /** [MQTT-3.1.2-24] */
    @Test
    void aPacketTooLargeForThePeerIsNotWritten() {
        Publish publish = publish(message("", Message.NEVER));
        encoder.peer(9, true, 0);
        assertWritten("30 ( s'a/b' () 'x' )", encoder, publish);
        encoder.peer(8, true, 0);
        assertWritten("", encoder, publish);
        assertEquals(0, encoder.encodeHeader(publish, Unpooled.buffer()));
        encoder.peer(3, true, 0);
        assertWritten("", encoder, new Puback(1));
        encoder.peer(1, true, 0);
        assertWritten("", encoder, new Pingresp());
    }

    @Test
    void whatThePeerAcceptsIsReadFromItsConnectOrConnack() {
        encoder.peer(new ConnectProperties(0, 1, 9, 1, false, false, null, null, USERS));
        assertWritten("30 ( s'a' ( 23 0001 ) )", encoder, aliased("a", 1));
        assertWritten("", encoder, aliased("ab", 1));
        assertWritten("40 ( 0001 )", encoder, new Puback(1, ReasonCode.SUCCESS, "why", USERS));
        encoder.peer(ConnackProperties.builder().maximumPacketSize(6).build());
        assertWritten("30 ( s'a' () )", encoder, aliased("a", 0));
        assertWritten("", encoder, aliased("ab", 0));
    }

    @Test
    void aHeaderComesWithoutItsPayload() {
        ByteBuf out = Unpooled.buffer();
        assertEquals(9, encoder.encodeHeader(publish(message("", Message.NEVER)), out));
        assertEquals("30070003612f6200", ByteBufUtil.hexDump(out));
    }

    /** [MQTT-3.3.2-6] what is left of the expiry, and never 0 while the message is alive. */
    @Test
    void theExpirySentIsWhatIsLeft() {
        long now = PacketTable.CLOCK.millis();
        assertWritten(
                "30 ( s'a/b' ( 02 00000009 ) 'x' )", encoder, publish(message("", now + 9_000)));
        assertWritten(
                "30 ( s'a/b' ( 02 0000000A ) 'x' )", encoder, publish(message("", now + 9_001)));
        assertWritten("30 ( s'a/b' ( 02 00000001 ) 'x' )", encoder, publish(message("", now + 1)));
        assertWritten(
                "30 ( s'a/b' ( 02 FFFFFFFF ) 'x' )",
                encoder,
                publish(message("", now + 0xFFFF_FFFFL * 1000)));
    }

    /**
     * [MQTT-3.3.2-4] [MQTT-3.3.2-15] [MQTT-3.3.2-16] [MQTT-3.3.2-17] [MQTT-3.3.2-18]
     * [MQTT-3.3.2-20]
     */
    @Test
    void thePropertiesOfAMessageGoOutUnaltered() {
        String properties =
                "26 s'k' s'v' 01 01 26 s'k' s'w' 09 s'id' 03 s'text' 08 s'answers' 26 s'' s''";
        assertWritten(
                "30 ( s'a/b' ( " + properties + " ) 'x' )",
                encoder,
                publish(message(properties, Message.NEVER)));
    }

    /** [MQTT-3.3.4-3] [MQTT-3.3.4-4] */
    @Test
    void allSubscriptionIdentifiersAreSent() {
        Message message = message("", Message.NEVER);
        assertWritten(
                "30 ( s'a/b' ( 0B 01 0B 8001 ) 'x' )",
                encoder,
                new Publish(message, QoS.AT_MOST_ONCE, false, false, 0, new int[] {1, 128}, 0));
    }

    /** [MQTT-3.1.2-26] [MQTT-3.1.2-27] [MQTT-3.3.2-8] */
    @Test
    void anAliasReplacesATopicThatThePeerKnows() {
        encoder.peer(Integer.MAX_VALUE, true, 2);
        assertWritten("30 ( s'a' ( 23 0001 ) )", encoder, aliased("a", 1));
        assertWritten("30 ( s'' ( 23 0001 ) )", encoder, aliased("a", 1));
        assertWritten("30 ( s'b' ( 23 0001 ) )", encoder, aliased("b", 1));
        assertWritten("30 ( s'a' ( 23 0002 ) )", encoder, aliased("a", 2));
        assertWritten("30 ( s'a' () )", encoder, aliased("a", 0));
        ByteBuf out = Unpooled.buffer();
        assertThrows(IllegalArgumentException.class, () -> encoder.encode(aliased("a", 3), out));
        assertEquals(0, out.readableBytes());
    }

    @Test
    void whatIsOf5IsNotWrittenBefore5() {
        for (MqttVersion version : List.of(MqttVersion.V3_1, MqttVersion.V3_1_1)) {
            PacketEncoder old = encoder(version);
            Message message = message("26 s'k' s'v'", PacketTable.CLOCK.millis() + 5_000);
            assertWritten(
                    "30 ( s'a/b' 'x' )",
                    old,
                    new Publish(message, QoS.AT_MOST_ONCE, false, false, 0, new int[] {1}, 1));
            assertWritten("40 ( 0001 )", old, new Puback(1, ReasonCode.QUOTA_EXCEEDED));
            assertWritten("B0 ( 0001 )", old, new Unsuback(1, List.of(ReasonCode.NOT_AUTHORIZED)));
            assertWritten("", old, new Disconnect(ReasonCode.SERVER_BUSY, null));
            assertWritten(
                    "",
                    old,
                    new Auth(
                            ReasonCode.CONTINUE_AUTHENTICATION,
                            "M",
                            null,
                            null,
                            UserProperties.NONE));
        }
    }

    /** [MQTT3-3.9.3-2]; 3.1 acknowledges also what it refuses. */
    @Test
    void aRefusedSubscriptionReads0x80In311() {
        Suback suback = new Suback(1, List.of(ReasonCode.GRANTED_QOS_1, ReasonCode.NOT_AUTHORIZED));
        assertWritten("90 ( 0001 () 01 87 )", encoder, suback);
        assertWritten("90 ( 0001 01 80 )", encoder(MqttVersion.V3_1_1), suback);
        assertWritten("90 ( 0001 01 00 )", encoder(MqttVersion.V3_1), suback);
    }

    /** [MQTT3-3.2.2-6] [MQTT3-3.1.2-2] [MQTT3-3.1.3-8] */
    @Test
    void aRefusedConnectionReadsAReturnCodeBefore5OrNothing() {
        PacketEncoder old = encoder(MqttVersion.V3_1_1);
        assertWritten("20 ( 00 01 )", old, refused(ReasonCode.UNSUPPORTED_PROTOCOL_VERSION));
        assertWritten("20 ( 00 02 )", old, refused(ReasonCode.CLIENT_IDENTIFIER_NOT_VALID));
        assertWritten("20 ( 00 03 )", old, refused(ReasonCode.SERVER_BUSY));
        assertWritten("20 ( 00 04 )", old, refused(ReasonCode.BAD_USER_NAME_OR_PASSWORD));
        assertWritten("20 ( 00 05 )", old, refused(ReasonCode.BANNED));
        assertWritten("", old, refused(ReasonCode.MALFORMED_PACKET));
    }

    /** 3.1 keeps the byte of the session present flag unused. */
    @Test
    void aSessionIsNotPresentIn31() {
        Connack connack = new Connack(true, ReasonCode.SUCCESS, ConnackProperties.DEFAULT);
        assertWritten("20 ( 00 00 )", encoder(MqttVersion.V3_1), connack);
        assertWritten("20 ( 01 00 )", encoder(MqttVersion.V3_1_1), connack);
    }

    @Test
    void aTextThatIsTooLongIsTheCallersMistake() {
        Packet packet = Connack.refused(ReasonCode.NOT_AUTHORIZED, "x".repeat(65_536));
        assertThrows(IllegalArgumentException.class, () -> encoder.size(packet));
    }

    private static Connack refused(ReasonCode reason) {
        return Connack.refused(reason, "why");
    }

    private static Publish aliased(String topic, int alias) {
        Message message = Message.of(Topic.of(topic), new byte[0]);
        return new Publish(
                message, QoS.AT_MOST_ONCE, false, false, 0, Publish.NO_IDENTIFIERS, alias);
    }

    private static Publish publish(Message message) {
        return new Publish(message, QoS.AT_MOST_ONCE, false, false, 0);
    }

    private static Message message(String properties, long expiresAtMillis) {
        return new Message(
                Topic.of("a/b"),
                ConnectPackets.utf8("x"),
                MessageProperties.ofChecked(Notation.bytes(properties)),
                expiresAtMillis);
    }
}
