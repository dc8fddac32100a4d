package io.carillon.mqtt.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.carillon.mqtt.packet.MqttVersion;
import io.carillon.mqtt.packet.Packet;
import io.carillon.mqtt.packet.Publish;
import io.carillon.mqtt.packet.ReasonCode;
import io.carillon.mqtt.packet.Topic;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;

/** What a decoder does over the life of a connection. */
class PacketDecoderTest {
    private final PacketDecoder decoder =
            new PacketDecoder(PacketTable.LIMITS, PacketTable.CLOCK, Side.SERVER);

    private Packet decode(String notation) throws MalformedPacket {
        return decoder.decode(Unpooled.wrappedBuffer(Notation.bytes(notation)));
    }

    private Topic topicOf(String notation) throws MalformedPacket {
        return ((Publish) decode(notation)).message().topic();
    }

    private Malformation refusal(String notation) {
        return assertThrows(MalformedPacket.class, () -> decode(notation)).malformation();
    }

    private void connect(MqttVersion version) {
        PacketTable.connect(decoder, version);
        decoder.accepted(version, PacketTable.TOPIC_ALIAS_MAXIMUM);
    }

    /** [MQTT-3.1.0-1] [MQTT3-3.1.0-1] */
    @Test
    void theFirstPacketMustBeConnect() {
        assertEquals(Malformation.NOT_CONNECT_FIRST, refusal("C0 ()"));
        assertEquals(Malformation.NOT_CONNECT_FIRST, refusal("30 ( s'a' )"));
        assertNull(decoder.version());
    }

    /** [MQTT-3.1.0-2] [MQTT3-3.1.0-2] */
    @Test
    void thereIsNoSecondConnect() {
        connect(MqttVersion.V5);
        assertEquals(Malformation.SECOND_CONNECT, refusal("10 ( s'MQTT' 05 02 003C () s'a' )"));
    }

    /** [MQTT-3.1.2-2] [MQTT3-3.1.2-2] the refusal of a level goes out in a form that is read. */
    @Test
    void theVersionIsKnownAlsoFromAConnectThatIsRefused() {
        assertEquals(MqttVersion.V5, versionOf("10 ( s'MQTT' 06 02 003C () s'a' )"));
        assertEquals(MqttVersion.V3_1_1, versionOf("10 ( s'MQTT' 84 02 003C s'a' )"));
        assertEquals(MqttVersion.V3_1_1, versionOf("10 ( s'MQTT' 03 02 003C s'a' )"));
        assertEquals(MqttVersion.V5, versionOf("10 ( s'MQTT' 05 03 003C () s'a' )"));
        assertNull(versionOf("10 ( s'HTTP' 04 02 003C s'a' )"));
    }

    private static MqttVersion versionOf(String refusedConnect) {
        PacketDecoder fresh = new PacketDecoder(PacketTable.LIMITS, PacketTable.CLOCK, Side.SERVER);
        ByteBuf in = Unpooled.wrappedBuffer(Notation.bytes(refusedConnect));
        assertThrows(MalformedPacket.class, () -> fresh.decode(in));
        return fresh.version();
    }

    @Test
    void aTypeThatIsNotAllowedIsRefusedBeforeItIsWhole() {
        connect(MqttVersion.V5);
        assertEquals(Malformation.WRONG_DIRECTION, refusal("20 7F"));
    }

    /** [MQTT-3.2.2-15] */
    @Test
    void thePacketSizeIsCheckedBeforeTheBodyIsThere() throws MalformedPacket {
        assertEquals(Malformation.PACKET_TOO_LARGE, refusal("10 E607"));
        assertNull(decode("10 E507"), "1,000 bytes in all");
        assertEquals(1_000, decoder.neededBytes());
    }

    @Test
    void thePacketSizeIsLargerOnceTheConnectionIsAccepted() throws MalformedPacket {
        PacketTable.connect(decoder, MqttVersion.V5);
        MalformedPacket e = assertThrows(MalformedPacket.class, () -> decode("30 FF7F"));
        assertEquals(ReasonCode.PACKET_TOO_LARGE, e.reason());
        assertEquals(PacketType.PUBLISH, e.type());
        decoder.accepted(MqttVersion.V5, 0);
        assertNull(decode("30 8D4E"), "10,000 bytes in all");
        assertEquals(10_000, decoder.neededBytes());
    }

    @Test
    void aRefusalCostsNoStackTraceAndSaysWhatIsWrong() {
        MalformedPacket e = assertThrows(MalformedPacket.class, () -> decode("C0 ()"));
        assertEquals(0, e.getStackTrace().length);
        assertEquals("PINGREQ: the first packet must be CONNECT", e.getMessage());
        assertEquals(ReasonCode.PROTOCOL_ERROR, e.reason());
    }

    @Test
    void aRepeatedTopicIsTheSameObject() throws MalformedPacket {
        connect(MqttVersion.V3_1_1);
        Topic first = topicOf("30 ( s'some/topic/with/levels' 'x' )");
        assertSame(first, topicOf("30 ( s'some/topic/with/levels' 'y' )"));
        assertNotSame(first, topicOf("30 ( s'some/topic/with/level2' 'y' )"));
        assertSame(first, topicOf("30 ( s'some/topic/with/levels' 'z' )"));
    }

    @Test
    void manyTopicsComeOutRight() throws MalformedPacket {
        connect(MqttVersion.V3_1_1);
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < 1_000; i++) {
                assertEquals("topic/" + i, topicOf("30 ( s'topic/" + i + "' )").name());
            }
        }
    }

    @Test
    void aLongTopicIsNotRemembered() throws MalformedPacket {
        connect(MqttVersion.V3_1_1);
        String notation = "30 ( s'" + "x".repeat(TopicCache.TOPIC_BYTES_MAX + 1) + "' )";
        assertNotSame(topicOf(notation), topicOf(notation));
    }

    /** [MQTT-3.3.2-11] [MQTT-3.3.2-12] */
    @Test
    void aTopicAliasStandsForTheTopicItWasLastGiven() throws MalformedPacket {
        connect(MqttVersion.V5);
        assertEquals("a", topicOf("30 ( s'a' ( 23 000A ) )").name());
        assertEquals("a", topicOf("30 ( s'' ( 23 000A ) )").name());
        assertEquals("b", topicOf("30 ( s'b' ( 23 000A ) )").name());
        assertEquals("b", topicOf("30 ( s'' ( 23 000A ) )").name());
        assertEquals(Malformation.ALIAS_UNKNOWN, refusal("30 ( s'' ( 23 0009 ) )"));
    }

    /** [MQTT-3.3.2-7] */
    @Test
    void aTopicAliasEndsWithItsConnection() throws MalformedPacket {
        connect(MqttVersion.V5);
        decode("30 ( s'a' ( 23 0001 ) )");
        PacketDecoder next = new PacketDecoder(PacketTable.LIMITS, PacketTable.CLOCK, Side.SERVER);
        PacketTable.connect(next, MqttVersion.V5);
        next.accepted(MqttVersion.V5, 10);
        ByteBuf in = Unpooled.wrappedBuffer(Notation.bytes("30 ( s'' ( 23 0001 ) )"));
        assertThrows(MalformedPacket.class, () -> next.decode(in));
    }

    /** [MQTT-3.3.2-9] without a maximum there is no alias. */
    @Test
    void noAliasIsValidWhereNoneWasAnnounced() {
        PacketTable.connect(decoder, MqttVersion.V5);
        decoder.accepted(MqttVersion.V5, 0);
        assertEquals(Malformation.ALIAS_OUT_OF_RANGE, refusal("30 ( s'a' ( 23 0001 ) )"));
    }

    @Test
    void thePayloadFormatIsCheckedOnlyWhereThatIsSet() throws MalformedPacket {
        PacketDecoder lenient =
                new PacketDecoder(DecoderLimits.DEFAULT, PacketTable.CLOCK, Side.SERVER);
        PacketTable.connect(lenient, MqttVersion.V5);
        ByteBuf in = Unpooled.wrappedBuffer(Notation.bytes("30 ( s'a' ( 01 01 ) FF )"));
        assertNotNull(lenient.decode(in));
        connect(MqttVersion.V5);
        assertEquals(Malformation.PAYLOAD_NOT_UTF8, refusal("30 ( s'a' ( 01 01 ) FF )"));
        assertNotNull(decode("30 ( s'a' ( 01 01 ) 00 'ü' )"), "a payload may hold U+0000");
    }

    @Test
    void theDecoderReadsAnyKindOfBuffer() throws MalformedPacket {
        connect(MqttVersion.V5);
        byte[] bytes = Notation.bytes("30 ( s'some/long/topic' ( 26 s'k' s'v' ) 'hello' )");
        for (int split = 1; split < bytes.length; split++) {
            ByteBuf in =
                    Unpooled.wrappedBuffer(
                            Unpooled.copiedBuffer(bytes, 0, split),
                            Unpooled.copiedBuffer(bytes, split, bytes.length - split));
            Publish packet = (Publish) decoder.decode(in);
            assertEquals("some/long/topic", packet.message().topic().name());
            assertTrue(in.release());
        }
    }
}
