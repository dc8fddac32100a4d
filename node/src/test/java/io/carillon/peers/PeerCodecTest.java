package io.carillon.peers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.carillon.mqtt.packet.Message;
import io.carillon.mqtt.packet.MessageProperties;
import io.carillon.mqtt.packet.Packet;
import io.carillon.mqtt.packet.Pingreq;
import io.carillon.mqtt.packet.Puback;
import io.carillon.mqtt.packet.Pubcomp;
import io.carillon.mqtt.packet.Publish;
import io.carillon.mqtt.packet.Pubrec;
import io.carillon.mqtt.packet.Pubrel;
import io.carillon.mqtt.packet.QoS;
import io.carillon.mqtt.packet.ReasonCode;
import io.carillon.mqtt.packet.Suback;
import io.carillon.mqtt.packet.Subscription;
import io.carillon.mqtt.packet.SubscriptionOptions;
import io.carillon.mqtt.packet.SubscriptionOptions.RetainHandling;
import io.carillon.mqtt.packet.Topic;
import io.carillon.mqtt.packet.TopicFilter;
import io.carillon.mqtt.packet.Unsuback;
import io.carillon.mqtt.packet.Unsubscribe;
import io.carillon.mqtt.packet.UserProperties;
import io.carillon.mqtt.packet.Will;
import io.carillon.record.Origin;
import io.carillon.session.SubscribeCommand;
import io.carillon.shard.Parcel.Purpose.Matching;
import io.carillon.shard.Parcel.Purpose.Member;
import io.carillon.shard.Parcel.Purpose.Retaining;
import io.carillon.shard.Publication;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What crosses between nodes comes out as it went in, and what is damaged is found. */
final class PeerCodecTest {
    private static final UserProperties USERS = UserProperties.of("a", "b", "a", "ü");
    private static final Topic TOPIC = Topic.of("a/b");
    private static final Message MESSAGE =
            new Message(
                    TOPIC, new byte[] {1, 2}, MessageProperties.ofChecked(new byte[] {1, 1}), 7);

    static Stream<PeerMessage> messages() {
        Will will = new Will(MESSAGE, QoS.EXACTLY_ONCE, true, 5, -1);
        List<Packet> packets =
                List.of(
                        new Publish(
                                MESSAGE, QoS.AT_LEAST_ONCE, true, true, 65_535, new int[] {9}, 0),
                        new Puback(1),
                        new Publish(
                                Message.of(TOPIC, new byte[0]), QoS.AT_MOST_ONCE, false, false, 0),
                        new Publish(
                                Message.of(Topic.of("c"), new byte[300]),
                                QoS.EXACTLY_ONCE,
                                false,
                                false,
                                3),
                        new Pubrec(2, ReasonCode.QUOTA_EXCEEDED, "full", USERS),
                        new Pubrel(3, ReasonCode.PACKET_IDENTIFIER_NOT_FOUND),
                        new Pubcomp(4, ReasonCode.SUCCESS),
                        new Suback(5, List.of(ReasonCode.GRANTED_QOS_1, ReasonCode.NOT_AUTHORIZED)),
                        new Unsuback(6, List.of(ReasonCode.SUCCESS), "gone", USERS),
                        new Unsubscribe(7, List.of("a/+", "#"), USERS));
        SubscribeCommand command =
                new SubscribeCommand(
                        12,
                        List.of(
                                new SubscribeCommand.Granted(
                                        new Subscription(
                                                TopicFilter.of("$share/g/a/#"),
                                                new SubscriptionOptions(
                                                        QoS.EXACTLY_ONCE,
                                                        false,
                                                        true,
                                                        RetainHandling.IF_NEW),
                                                268_435_455)),
                                new SubscribeCommand.Refused(ReasonCode.NOT_AUTHORIZED)));
        Publication numbered =
                new Publication(
                        MESSAGE,
                        QoS.EXACTLY_ONCE,
                        true,
                        "p",
                        1L << 62,
                        new Origin(1L << 50, 2, true));
        Publication plain = new Publication(MESSAGE, QoS.AT_MOST_ONCE, false, null);
        return Stream.of(
                new SessionMessage.Attach(1, "c", "u", true, 4_294_967_295L, 65_535, will, -9),
                new SessionMessage.Attach(
                        Long.MAX_VALUE, "c", null, false, 0, 1, null, Long.MAX_VALUE),
                new SessionMessage.Reattach(1, "c", "u", 1L << 62, true, true, 65_535),
                new SessionMessage.Detached(3),
                new SessionMessage.Detach(3, true, -1),
                new SessionMessage.ToSubscribe(3, command),
                new SessionMessage.ToSession(3, packets),
                new SessionMessage.Flow(3, true),
                new SessionMessage.Attached(1, 3, true, false),
                new SessionMessage.Refused(1, ReasonCode.NOT_AUTHORIZED, "another user"),
                new SessionMessage.ToClient(1, packets),
                new SessionMessage.Close(1, ReasonCode.SESSION_TAKEN_OVER, "taken over"),
                new PeerMessage.Publishing(
                        8,
                        -3,
                        numbered,
                        List.of(
                                new PeerMessage.Part(0, new Matching(), 7, 5, true),
                                new PeerMessage.Part(65_535, new Retaining(), 1, 1, false),
                                new PeerMessage.Part(3, new Member("$share/h/a"), 0, 0, false))),
                new PeerMessage.Publishing(
                        0,
                        -3,
                        plain,
                        List.of(
                                new PeerMessage.Part(
                                        PeerMessage.Part.TRANSIENTS,
                                        new Member("$share/g/#"),
                                        2,
                                        1,
                                        true))),
                new PeerMessage.Stored(
                        8, ReasonCode.SUCCESS, List.of(3, PeerMessage.Part.TRANSIENTS)),
                new PeerMessage.AllStored(List.of(70_000L, 70_001L, 69_000L)),
                new PeerMessage.AskRetained("a/#", List.of(3, 0), "a/b"),
                new PeerMessage.RetainedRows(List.of(), List.of(), null));
    }

    @ParameterizedTest
    @MethodSource("messages")
    void comesOutAsItWentIn(PeerMessage message) throws UnreadableMessage {
        byte[] bytes = PeerCodec.encode(message);
        PeerMessage read = PeerCodec.decode(bytes);
        assertEquals(message, read);
        assertArrayEquals(bytes, PeerCodec.encode(read));
    }

    /** Nothing but the one exception, and no more memory than there are bytes. */
    @ParameterizedTest
    @MethodSource("messages")
    void damageIsFoundOrMakesAnotherMessage(PeerMessage message) {
        byte[] bytes = PeerCodec.encode(message);
        for (int length = 0; length < bytes.length; length++) {
            byte[] part = Arrays.copyOf(bytes, length);
            assertThrows(UnreadableMessage.class, () -> PeerCodec.decode(part));
        }
        SplittableRandom random = new SplittableRandom(bytes.length);
        for (int i = 0; i < 2_000; i++) {
            byte[] changed = bytes.clone();
            changed[random.nextInt(changed.length)] = (byte) random.nextInt();
            try {
                PeerCodec.encode(PeerCodec.decode(changed));
            } catch (UnreadableMessage e) {
                // That is what is meant to happen.
            }
        }
    }

    @Test
    void whatBelongsToNoSessionIsNotSent() {
        PeerMessage wrong = new SessionMessage.ToSession(1, List.of(new Pingreq()));
        assertThrows(IllegalArgumentException.class, () -> PeerCodec.encode(wrong));
    }
}
