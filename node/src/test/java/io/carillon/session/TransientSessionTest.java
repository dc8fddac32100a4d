package io.carillon.session;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.carillon.mqtt.packet.Message;
import io.carillon.mqtt.packet.MessageProperties;
import io.carillon.mqtt.packet.Puback;
import io.carillon.mqtt.packet.Pubcomp;
import io.carillon.mqtt.packet.Publish;
import io.carillon.mqtt.packet.Pubrec;
import io.carillon.mqtt.packet.Pubrel;
import io.carillon.mqtt.packet.QoS;
import io.carillon.mqtt.packet.ReasonCode;
import io.carillon.mqtt.packet.Subscription;
import io.carillon.mqtt.packet.SubscriptionOptions;
import io.carillon.mqtt.packet.Topic;
import io.carillon.mqtt.packet.TopicFilter;
import io.carillon.session.Drops.Cause;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The transient session by itself: packets in, packets out. */
final class TransientSessionTest {
    private static final long NOW = 1_000;

    private final List<String> dropped = new ArrayList<>();

    private TransientSession session(int receiveMaximum, QueueLimits limits) {
        return new TransientSession(receiveMaximum, limits, this::dropped);
    }

    private TransientSession session(int receiveMaximum) {
        return session(receiveMaximum, new QueueLimits(10, 1_000, false, 65_535));
    }

    private void dropped(Delivery delivery, Cause cause) {
        dropped.add(cause + " " + new String(delivery.message().payload(), UTF_8));
    }

    private static Delivery delivery(String payload, QoS qos) {
        return delivery(payload, qos, Message.NEVER, null);
    }

    private static Delivery delivery(String payload, QoS qos, long expiresAt, Share share) {
        Message message =
                new Message(
                        Topic.of("t"), payload.getBytes(UTF_8), MessageProperties.NONE, expiresAt);
        return new Delivery(message, qos, false, Publish.NO_IDENTIFIERS, share);
    }

    private static Delivery shared(String payload, QoS qos) {
        Share share = new Share(TopicFilter.of("$share/g/t"), QoS.EXACTLY_ONCE, false, "w");
        return delivery(payload, qos, Message.NEVER, share);
    }

    private static String next(TransientSession session) {
        Publish next = session.next(NOW);
        return next == null
                ? "-"
                : next.packetId() + " " + new String(next.message().payload(), UTF_8);
    }

    /** [MQTT-2.2.1-4] [MQTT-4.3.2-1] [MQTT-4.3.3-1] [MQTT3-2.3.1-4] [MQTT-3.3.4-9] */
    @Test
    void numbersMessagesWithinTheReceiveMaximum() {
        TransientSession session = session(2);
        session.add(delivery("a", QoS.AT_LEAST_ONCE));
        session.add(delivery("b", QoS.EXACTLY_ONCE));
        session.add(delivery("c", QoS.AT_LEAST_ONCE));
        assertEquals("1 a", next(session));
        assertEquals("2 b", next(session));
        assertEquals("-", next(session));
        session.puback(new Puback(1));
        assertEquals("3 c", next(session));
        assertEquals(2, session.inFlight());
    }

    /** The broker's own limit holds for a client that takes more. */
    @Test
    void sendsNoMoreAtOnceThanTheBrokerWants() {
        TransientSession session = session(65_535, new QueueLimits(10, 1_000, false, 1));
        session.add(delivery("a", QoS.AT_LEAST_ONCE));
        session.add(delivery("b", QoS.AT_LEAST_ONCE));
        assertEquals("1 a", next(session));
        assertEquals("-", next(session));
    }

    /** An identifier that is in use is passed over, also after 65,535. */
    @Test
    void neverGivesAnIdentifierTwice() {
        TransientSession session = session(20);
        session.add(delivery("slow", QoS.AT_LEAST_ONCE));
        assertEquals("1 slow", next(session));
        Set<Integer> seen = new HashSet<>();
        for (int i = 0; i < 70_000; i++) {
            session.add(delivery("x", QoS.AT_LEAST_ONCE));
            Publish next = session.next(NOW);
            assertNotNull(next);
            assertTrue(next.packetId() > 1 && next.packetId() <= 65_535);
            seen.add(next.packetId());
            session.puback(new Puback(next.packetId()));
        }
        assertTrue(seen.size() > 60_000);
        assertEquals(1, session.inFlight());
    }

    /**
     * Any order of acknowledgements, checked against a plain list.
     *
     * <p>[MQTT-4.3.2-3] [MQTT-4.3.3-3] [MQTT-4.3.3-5]
     */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void keepsTrackOfWhatIsUnderWay(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int window = 1 + random.nextInt(70);
        TransientSession session = session(window, new QueueLimits(1_000, 1 << 20, false, 65_535));
        List<Publish> sent = new ArrayList<>();
        List<Integer> released = new ArrayList<>();
        Queue<String> due = new ArrayDeque<>();
        for (int step = 0; step < 5_000; step++) {
            switch (random.nextInt(4)) {
                case 0, 1 -> {
                    QoS qos = random.nextBoolean() ? QoS.AT_LEAST_ONCE : QoS.EXACTLY_ONCE;
                    if (session.waiting() < 900) {
                        session.add(delivery("m" + step, qos));
                        due.add("m" + step);
                    }
                }
                case 2 -> {
                    if (!sent.isEmpty()) {
                        Publish one = sent.remove(random.nextInt(sent.size()));
                        if (one.qos() == QoS.AT_LEAST_ONCE) {
                            session.puback(new Puback(one.packetId()));
                        } else {
                            assertEquals(
                                    new Pubrel(one.packetId()),
                                    session.pubrec(new Pubrec(one.packetId())));
                            released.add(one.packetId());
                        }
                    }
                }
                default -> {
                    if (!released.isEmpty()) {
                        int at = random.nextInt(released.size());
                        Integer id = released.get(at);
                        released.remove(/* element */ id);
                        session.pubcomp(new Pubcomp(id));
                    }
                }
            }
            for (Publish next = session.next(NOW); next != null; next = session.next(NOW)) {
                assertEquals(due.remove(), new String(next.message().payload(), UTF_8));
                sent.add(next);
            }
            assertEquals(sent.size() + released.size(), session.inFlight());
            assertTrue(session.inFlight() <= window);
            assertTrue(session.waiting() == 0 || session.inFlight() == window);
        }
        assertEquals(List.of(), dropped);
    }

    /** [MQTT-4.3.3-4] and PUBREC again is answered again. */
    @Test
    void leadsAQos2MessageToItsEnd() {
        TransientSession session = session(5);
        session.add(delivery("a", QoS.EXACTLY_ONCE));
        session.next(NOW);
        assertEquals(new Pubrel(1), session.pubrec(new Pubrec(1)));
        assertEquals(new Pubrel(1), session.pubrec(new Pubrec(1)));
        session.pubcomp(new Pubcomp(1));
        assertEquals(0, session.inFlight());
    }

    /** [MQTT-4.4.0-2] */
    @Test
    void endsAMessageThatTheClientRefuses() {
        TransientSession session = session(5);
        session.add(delivery("a", QoS.EXACTLY_ONCE));
        session.add(delivery("b", QoS.AT_LEAST_ONCE));
        session.next(NOW);
        session.next(NOW);
        assertNull(session.pubrec(new Pubrec(1, ReasonCode.QUOTA_EXCEEDED)));
        session.puback(new Puback(2, ReasonCode.QUOTA_EXCEEDED));
        assertEquals(0, session.inFlight());
    }

    @Test
    void answersWhatItDoesNotKnow() {
        TransientSession session = session(5);
        session.puback(new Puback(9));
        session.pubcomp(new Pubcomp(9));
        assertEquals(
                new Pubrel(9, ReasonCode.PACKET_IDENTIFIER_NOT_FOUND),
                session.pubrec(new Pubrec(9)));
        assertNull(session.pubrec(new Pubrec(9, ReasonCode.UNSPECIFIED_ERROR)));
    }

    @Test
    void takesNoAnswerOfTheWrongKind() {
        TransientSession session = session(5);
        session.add(delivery("a", QoS.AT_LEAST_ONCE));
        session.add(delivery("b", QoS.EXACTLY_ONCE));
        session.next(NOW);
        session.next(NOW);
        expectViolation(() -> session.pubrec(new Pubrec(1)));
        expectViolation(() -> session.pubcomp(new Pubcomp(1)));
        expectViolation(() -> session.puback(new Puback(2)));
        expectViolation(() -> session.pubcomp(new Pubcomp(2)));
        session.pubrec(new Pubrec(2));
        expectViolation(() -> session.puback(new Puback(2)));
    }

    private static void expectViolation(Runnable call) {
        ProtocolViolation violation = assertThrows(ProtocolViolation.class, call::run);
        assertEquals(ReasonCode.PROTOCOL_ERROR, violation.reason());
    }

    /** [MQTT-3.3.2-5] [MQTT-4.3.3-7] [MQTT-4.3.3-13] what was sent no longer expires. */
    @Test
    void dropsWhatExpiredBeforeItWasSent() {
        TransientSession session = session(1);
        session.add(delivery("sent", QoS.EXACTLY_ONCE, NOW + 1, null));
        session.add(delivery("late", QoS.EXACTLY_ONCE, NOW + 1, null));
        session.add(delivery("lasting", QoS.EXACTLY_ONCE));
        assertNotNull(session.next(NOW));
        assertEquals(new Pubrel(1), session.pubrec(new Pubrec(1)));
        session.pubcomp(new Pubcomp(1));
        assertEquals("lasting", new String(session.next(NOW + 1).message().payload(), UTF_8));
        assertEquals(List.of("EXPIRED late"), dropped);
    }

    /** P8 */
    @Test
    void dropsTheNewestWhereThePolicySaysSo() {
        TransientSession session = session(1, new QueueLimits(2, 100, false, 10));
        for (String payload : List.of("a", "b", "c")) {
            session.add(delivery(payload, QoS.AT_LEAST_ONCE));
        }
        assertEquals(List.of("QUEUE_FULL c"), dropped);
        assertEquals("1 a", next(session));
    }

    /** P8 */
    @Test
    void dropsTheOldestWhereThePolicySaysSo() {
        TransientSession session = session(1, new QueueLimits(10, 10, true, 10));
        session.add(delivery("aaaa", QoS.AT_LEAST_ONCE));
        session.add(delivery("bbb", QoS.AT_LEAST_ONCE));
        session.add(delivery("ccccccc", QoS.AT_LEAST_ONCE));
        assertEquals(List.of("QUEUE_FULL aaaa", "QUEUE_FULL bbb"), dropped);
        session.add(delivery("never fits in", QoS.AT_LEAST_ONCE));
        assertEquals("QUEUE_FULL never fits in", dropped.getLast());
        assertEquals("1 ccccccc", next(session));
        assertEquals(0, session.waitingBytes());
    }

    /** [MQTT-3.1.2-25] */
    @Test
    void endsAMessageThatIsTooLarge() {
        TransientSession session = session(1);
        session.add(delivery("large", QoS.EXACTLY_ONCE));
        session.add(delivery("small", QoS.EXACTLY_ONCE));
        session.tooLarge(session.next(NOW).packetId());
        assertEquals("2 small", next(session));
        assertEquals(List.of("TOO_LARGE large"), dropped);
    }

    /** [MQTT-4.3.3-9] [MQTT-4.3.3-10] [MQTT-4.3.3-11] [MQTT-4.3.3-12] [MQTT3-4.3.3-2] */
    @Test
    void knowsTheRepeatsOfTheClient() {
        TransientSession session = session(1);
        assertTrue(session.receive(300));
        assertFalse(session.receive(300));
        assertEquals(new Pubcomp(300), session.pubrel(new Pubrel(300)));
        assertEquals(
                new Pubcomp(300, ReasonCode.PACKET_IDENTIFIER_NOT_FOUND),
                session.pubrel(new Pubrel(300)));
        assertTrue(session.receive(300));
        session.refuse(300);
        assertTrue(session.receive(300));
    }

    /** [MQTT-4.8.2-5] what other members of a shared subscription get, in the order of sending. */
    @Test
    void leavesSharedMessagesToOthers() {
        TransientSession session = session(5, new QueueLimits(10, 1_000, false, 4));
        session.add(shared("1", QoS.AT_LEAST_ONCE));
        session.add(shared("2", QoS.EXACTLY_ONCE));
        session.add(delivery("own", QoS.AT_LEAST_ONCE));
        session.add(shared("3", QoS.AT_LEAST_ONCE));
        session.add(shared("4", QoS.EXACTLY_ONCE));
        session.add(delivery("own too", QoS.EXACTLY_ONCE));
        while (session.next(NOW) != null) {
            // Sent until the window is full.
        }
        List<String> left =
                session.leave().stream()
                        .map(each -> new String(each.message().payload(), UTF_8))
                        .toList();
        assertEquals(List.of("1", "3", "4"), left);
        assertEquals(0, session.inFlight());
        assertEquals(List.of(), session.leave());
    }

    /** [MQTT-3.8.4-3] [MQTT-3.10.4-1] [MQTT3-3.8.4-3] [MQTT3-3.10.4-1] */
    @Test
    void keepsOneSubscriptionPerFilter() {
        TransientSession session = session(1);
        Subscription low =
                new Subscription(
                        TopicFilter.of("a/+"), SubscriptionOptions.of(QoS.AT_MOST_ONCE), 0);
        Subscription high =
                new Subscription(
                        TopicFilter.of("a/+"), SubscriptionOptions.of(QoS.EXACTLY_ONCE), 0);
        assertTrue(session.subscribe(low));
        assertFalse(session.subscribe(high));
        assertEquals(List.of(high), session.subscriptions());
        assertNull(session.unsubscribe("a/b"));
        assertEquals(high, session.unsubscribe("a/+"));
        assertEquals(0, session.subscriptionCount());
    }
}
