package io.carillon.session;

import static io.carillon.mqtt.packet.QoS.AT_LEAST_ONCE;
import static io.carillon.mqtt.packet.QoS.AT_MOST_ONCE;
import static io.carillon.mqtt.packet.QoS.EXACTLY_ONCE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.carillon.mqtt.packet.Message;
import io.carillon.mqtt.packet.Puback;
import io.carillon.mqtt.packet.Pubcomp;
import io.carillon.mqtt.packet.Pubrec;
import io.carillon.mqtt.packet.QoS;
import io.carillon.mqtt.packet.ReasonCode;
import io.carillon.mqtt.packet.Topic;
import io.carillon.record.Queued;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The way of messages to the client of a durable session. */
class OutboxTest {
    private SessionBench bench = SessionBench.of(16);

    /** Where a session stands when its messages are to be sent. */
    enum Story {
        ONLINE,
        QUEUED_WHILE_OFFLINE,
        RESUMED,
        RESTARTED,
        CRASHED
    }

    /** Brings two messages on their way; returns what the last connection got. */
    private List<String> play(Story story, QoS qos) {
        if (story == Story.QUEUED_WHILE_OFFLINE) {
            bench.offer("x", qos);
            bench.offer("y", qos);
            return bench.attach(100);
        }
        bench.attach(100);
        bench.offer("x", qos);
        bench.offer("y", qos);
        List<String> first = bench.pump();
        switch (story) {
            case ONLINE, QUEUED_WHILE_OFFLINE -> {
                return first;
            }
            case RESUMED -> bench.detach();
            case RESTARTED -> {
                bench.detach();
                bench.restart(false);
            }
            case CRASHED -> bench.restart(true);
        }
        return bench.attach(100);
    }

    /**
     * [MQTT-3.3.1-1] [MQTT-3.3.1-2] [MQTT-4.3.1-1] [MQTT-4.3.2-1] [MQTT-4.3.2-2] [MQTT-4.3.3-1]
     * [MQTT-4.3.3-2] [MQTT-4.4.0-1] [MQTT-4.6.0-1] [MQTT3-3.3.1-1] [MQTT3-4.4.0-1].
     */
    @ParameterizedTest
    @EnumSource
    void unfinishedMessagesAreSentAgainInOrderAndUnderTheirIdentifiers(Story story) {
        boolean again = story.compareTo(Story.QUEUED_WHILE_OFFLINE) > 0;
        String dup = again ? " dup" : "";
        assertEquals(
                List.of("publish t=x q1 #1" + dup, "publish t=y q1 #2" + dup),
                play(story, AT_LEAST_ONCE));
        bench = SessionBench.of(16);
        assertEquals(
                List.of("publish t=x q2 #1" + dup, "publish t=y q2 #2" + dup),
                play(story, EXACTLY_ONCE));
        bench = SessionBench.of(16);
        assertEquals(
                again ? List.of() : List.of("publish t=x q0", "publish t=y q0"),
                play(story, AT_MOST_ONCE));
    }

    /** [MQTT-4.3.3-4] [MQTT-4.3.3-5] [MQTT-4.4.0-1] [MQTT3-4.4.0-1] */
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "QUEUED_WHILE_OFFLINE")
    void aReleasedMessageGoesOnWithPubrelNeverWithPublish(Story story) {
        bench.attach(100);
        bench.offer("x", EXACTLY_ONCE);
        bench.offer("y", EXACTLY_ONCE);
        bench.pump();
        assertEquals(List.of("pubrel #1"), bench.acknowledge(new Pubrec(1)));
        switch (story) {
            case RESUMED -> bench.detach();
            case RESTARTED -> {
                bench.detach();
                bench.restart(false);
            }
            case CRASHED -> bench.restart(true);
            default -> {}
        }
        if (story != Story.ONLINE) {
            assertEquals(List.of("pubrel #1", "publish t=y q2 #2 dup"), bench.attach(100));
        }
        assertEquals(List.of("pubrel #1"), bench.acknowledge(new Pubrec(1)));
        assertEquals(List.of(), bench.acknowledge(new Pubcomp(1)));
        assertEquals(List.of("pubrel #2"), bench.acknowledge(new Pubrec(2)));
        assertEquals(List.of(), bench.acknowledge(new Pubcomp(2)));
        assertTrue(bench.stored.isEmpty());
        assertEquals(0, bench.session.outbox().messages());
    }

    /** [MQTT-3.3.4-9] [MQTT-4.9.0-1] [MQTT-4.9.0-2] */
    @ParameterizedTest
    @EnumSource
    void neverMoreInFlightThanTheClientTakes(QoS qos) {
        for (int i = 0; i < 10; i++) {
            bench.offer("x", qos);
        }
        int first = bench.attach(3).size();
        assertEquals(qos.acknowledged() ? 3 : 10, first);
        switch (qos) {
            case AT_MOST_ONCE -> {}
            case AT_LEAST_ONCE ->
                    assertEquals(List.of("publish t=x q1 #4"), bench.acknowledge(new Puback(2)));
            case EXACTLY_ONCE -> {
                assertEquals(List.of("pubrel #2"), bench.acknowledge(new Pubrec(2)));
                assertEquals(List.of("publish t=x q2 #4"), bench.acknowledge(new Pubcomp(2)));
                Pubrec error = new Pubrec(3, ReasonCode.QUOTA_EXCEEDED);
                assertEquals(List.of("publish t=x q2 #5"), bench.acknowledge(error));
            }
        }
    }

    @Test
    void whatIsNotDurableYetIsNotSent() {
        bench.attach(10);
        Queued first = bench.offerOnly("x", AT_LEAST_ONCE, Message.NEVER);
        bench.offerOnly("y", AT_LEAST_ONCE, Message.NEVER);
        assertEquals(List.of(), bench.pump());
        bench.session.outbox().committed(first.seq());
        assertEquals(List.of("publish t=x q1 #1"), bench.pump());
    }

    /** [MQTT-4.3.3-4] and what clients may not do. */
    @Test
    void answersThatFitNothing() {
        bench.attach(10);
        assertEquals(List.of(), bench.acknowledge(new Puback(9)));
        assertEquals(
                List.of("pubrel #9 PACKET_IDENTIFIER_NOT_FOUND"), bench.acknowledge(new Pubrec(9)));
        assertEquals(List.of(), bench.acknowledge(new Pubcomp(9)));
        assertEquals(
                List.of(),
                bench.acknowledge(new Pubrec(9, ReasonCode.QUOTA_EXCEEDED)).stream()
                        .filter(text -> !text.startsWith("pubrel"))
                        .toList());
        assertNull(bench.violation);
        bench.offer("x", EXACTLY_ONCE);
        bench.offer("y", AT_LEAST_ONCE);
        bench.pump();
        bench.acknowledge(new Puback(1));
        assertEquals(ReasonCode.PROTOCOL_ERROR, bench.violation);
        bench.violation = null;
        bench.acknowledge(new Pubrec(2));
        assertEquals(ReasonCode.PROTOCOL_ERROR, bench.violation);
        bench.violation = null;
        bench.acknowledge(new Pubcomp(1));
        assertEquals(ReasonCode.PROTOCOL_ERROR, bench.violation);
        assertEquals(2, bench.stored.size());
    }

    /** [MQTT-4.3.2-5]: an error ends the exchange too. */
    @Test
    void aMessageThatTheClientRefusesIsDoneWith() {
        bench.attach(10);
        bench.offer("x", AT_LEAST_ONCE);
        bench.offer("y", EXACTLY_ONCE);
        bench.pump();
        bench.acknowledge(
                new Puback(1, ReasonCode.NOT_AUTHORIZED), new Pubrec(2, ReasonCode.NOT_AUTHORIZED));
        assertTrue(bench.stored.isEmpty());
        assertEquals(List.of("done 0", "done 1"), bench.takeRecords());
    }

    /** [MQTT-3.3.2-5] [MQTT-3.3.2-6] */
    @Test
    void whatExpiresUnsentIsDroppedAndWhatWasSentGoesOn() {
        bench.offerExpiring("sent", AT_LEAST_ONCE, SessionBench.NOW + 10);
        bench.offerExpiring("unsent", AT_LEAST_ONCE, SessionBench.NOW + 10);
        bench.offer("lasting", AT_LEAST_ONCE);
        assertEquals(List.of("publish t=sent q1 #1"), bench.attach(1));
        bench.detach();
        bench.nowMillis += 10;
        assertEquals(
                List.of("publish t=sent q1 #1 dup", "publish t=lasting q1 #3"), bench.attach(10));
    }

    @Test
    void aFullQueueRefusesByNumberAndByBytes() {
        bench = new SessionBench(new QueueLimits(3, 10, false, 16));
        assertTrue(bench.offer("1", AT_LEAST_ONCE));
        assertTrue(bench.offer("2", AT_LEAST_ONCE));
        assertFalse(bench.offer("1234567", AT_LEAST_ONCE), "12 bytes with their topics");
        assertTrue(bench.offer("3", AT_LEAST_ONCE));
        assertFalse(bench.offer("4", AT_LEAST_ONCE));
        bench.attach(10);
        bench.acknowledge(new Puback(1));
        assertTrue(bench.offer("5", AT_LEAST_ONCE));
    }

    @Test
    void aFullQueueDropsTheOldestThatWasNotSent() {
        bench = new SessionBench(new QueueLimits(4, 1_000, true, 2));
        for (int i = 0; i < 4; i++) {
            bench.offer("" + i, AT_LEAST_ONCE);
        }
        assertEquals(List.of("publish t=0 q1 #1", "publish t=1 q1 #2"), bench.attach(2));
        bench.detach();
        for (int i = 4; i < 7; i++) {
            assertTrue(bench.offer("" + i, AT_LEAST_ONCE));
        }
        assertEquals(List.of(0L, 1L, 5L, 6L), List.copyOf(bench.stored.keySet()));
        bench.attach(2);
        assertTrue(bench.offer("7", AT_LEAST_ONCE));
        assertEquals(List.of(0L, 1L, 6L, 7L), List.copyOf(bench.stored.keySet()));
        assertFalse(bench.offer("x".repeat(1_000), AT_LEAST_ONCE), "too large for any queue");
        assertEquals(4, bench.stored.size(), "nothing is dropped for what can't fit");
    }

    /** Whoever is not sent yet is dropped, never whoever waits to be sent again. */
    @Test
    void droppingTheOldestKeepsWhatMustBeSentAgain() {
        bench = new SessionBench(new QueueLimits(6, 1_000, true, 3));
        bench.attach(3);
        for (int i = 0; i < 6; i++) {
            bench.offer("" + i, AT_LEAST_ONCE);
        }
        bench.pump();
        bench.detach();
        bench.packetsTaken = 0; // congested from the start: nothing is read yet
        bench.attach(3);
        for (int i = 6; i < 9; i++) {
            bench.offer("" + i, AT_LEAST_ONCE);
        }
        bench.packetsTaken = Integer.MAX_VALUE;
        assertEquals(
                List.of("publish t=0 q1 #1 dup", "publish t=1 q1 #2 dup", "publish t=2 q1 #3 dup"),
                bench.pump());
        assertEquals(
                List.of("publish t=6 q1 #7", "publish t=7 q1 #8", "publish t=8 q1 #9"),
                bench.acknowledge(new Puback(1), new Puback(2), new Puback(3)));
    }

    @Test
    void aFullQueueOfMessagesInFlightRefusesWhateverThePolicy() {
        bench = new SessionBench(new QueueLimits(2, 1_000, true, 2));
        bench.attach(2);
        bench.offer("0", AT_LEAST_ONCE);
        bench.offer("1", AT_LEAST_ONCE);
        bench.pump();
        assertFalse(bench.offer("2", AT_LEAST_ONCE));
    }

    /** A queue with holes is not taken for a fuller one after a restart. */
    @Test
    void holesInTheQueueDoNotMakeItOverfullAfterARestart() {
        bench = new SessionBench(new QueueLimits(10, 1_000, true, 2));
        bench.attach(2);
        bench.offer("stuck", AT_LEAST_ONCE);
        bench.pump();
        for (int i = 0; i < 50; i++) {
            bench.offer("x" + i, AT_LEAST_ONCE);
        }
        assertEquals(10, bench.stored.size());
        bench.restart(false);
        assertTrue(bench.offer("new", AT_LEAST_ONCE));
        assertEquals(10, bench.stored.size());
    }

    /** Memory holds a page or so, however long the queue. */
    @Test
    void aLongQueueIsReadInPages() {
        int count = 5_000;
        for (int i = 0; i < count; i++) {
            bench.offer("" + i, AT_LEAST_ONCE);
        }
        assertEquals(0, bench.entriesRead, "nobody is there to read it");
        List<String> got = new ArrayList<>(bench.attach(16));
        assertTrue(bench.entriesRead < 200, "read " + bench.entriesRead);
        for (int id = 1; id <= count; id++) {
            got.addAll(bench.acknowledge(new Puback(id)));
        }
        assertEquals(
                IntStream.range(0, count)
                        .mapToObj(i -> "publish t=" + i + " q1 #" + (i + 1))
                        .toList(),
                got);
        assertEquals(count, bench.entriesRead);
        assertEquals(0, bench.session.outbox().messages());
    }

    /** What comes while a client is slow goes to the disk and comes back from there. */
    @Test
    void aSlowClientDoesNotFillTheMemory() {
        bench.attach(1);
        for (int i = 0; i < 3_000; i++) {
            bench.offer("" + i, AT_LEAST_ONCE);
        }
        bench.pump();
        for (int id = 1; id < 3_000; id++) {
            assertEquals(
                    List.of("publish t=" + id + " q1 #" + (id + 1)),
                    bench.acknowledge(new Puback(id)));
        }
        assertTrue(bench.entriesRead > 1_000, "read back " + bench.entriesRead);
    }

    @Test
    void congestionStopsSendingAndNothingIsLost() {
        for (int i = 0; i < 8; i++) {
            bench.offer("" + i, AT_LEAST_ONCE);
        }
        bench.packetsTaken = 3;
        assertEquals(3, bench.attach(100).size());
        assertEquals(3, bench.pump().size());
        bench.packetsTaken = Integer.MAX_VALUE;
        assertEquals(List.of("publish t=6 q1 #7", "publish t=7 q1 #8"), bench.pump());
    }

    /** [MQTT-2.2.1-4] [MQTT-4.3.2-5] [MQTT3-2.3.1-4] */
    @Test
    void anIdentifierIsNotUsedAgainWhileItIsInFlight() {
        bench.attach(2);
        bench.offer("stuck", AT_LEAST_ONCE);
        bench.pump();
        for (int id = 2; id <= 65_535; id++) {
            bench.offer("x", AT_LEAST_ONCE);
            bench.pump();
            bench.acknowledge(new Puback(id));
        }
        bench.offer("next", AT_LEAST_ONCE);
        assertEquals(List.of(), bench.pump());
        assertEquals(List.of("publish t=next q1 #1"), bench.acknowledge(new Puback(1)));
    }

    /** What is done with but not durably so may come again after a crash, and is not forgotten. */
    @Test
    void sendingStopsWhereACrashCouldNotTellWhatWasSent() {
        for (int i = 0; i < 1_000; i++) {
            bench.offer("x", AT_LEAST_ONCE);
        }
        bench.session.attach(16);
        int sent = 0;
        for (int id = 1; id < 1_000; id++) {
            bench.session.outbox().pump(SessionBench.NOW, bench);
            sent += bench.take().size();
            bench.session.acknowledge(new Puback(id), bench);
        }
        assertTrue(sent < 300, "sent " + sent);
        bench.settle();
        assertFalse(bench.pump().isEmpty());
    }

    /**
     * Acknowledgements that a crash takes back don't hide what was sent behind them [MQTT-3.3.1-1].
     */
    @Test
    void whatWasSentIsMarkedThoughTheAcknowledgementsBeforeItAreLost() {
        bench = SessionBench.of(4);
        for (int i = 0; i < 600; i++) {
            bench.offer("x", AT_LEAST_ONCE);
        }
        TreeMap<Long, Queued> onDisk = new TreeMap<>(bench.stored);
        bench.session.attach(4);
        int sent = 0;
        for (int id = 1; id < 600; id++) {
            bench.session.outbox().pump(SessionBench.NOW, bench);
            sent += bench.take().size();
            bench.session.acknowledge(new Puback(id), bench);
        }
        bench.stored.clear();
        bench.stored.putAll(onDisk);
        bench.restart(true);
        List<String> again = bench.attach(4);
        for (int id = 1; id < 600; id++) {
            again =
                    Stream.concat(again.stream(), bench.acknowledge(new Puback(id)).stream())
                            .toList();
        }
        assertEquals(600, again.size());
        assertTrue(again.subList(0, sent).stream().allMatch(text -> text.endsWith(" dup")));
        assertFalse(again.getLast().endsWith(" dup"));
    }

    @Test
    void queuesOfSharedSubscriptionsGoToOthersUnlessAQos2MessageWasSent() {
        bench.attach(10);
        for (QoS qos : new QoS[] {AT_LEAST_ONCE, EXACTLY_ONCE}) {
            Message message = Message.of(Topic.of("t"), new byte[1]);
            Queued queued =
                    bench.session
                            .outbox()
                            .offer(message, qos, false, new int[0], "$share/g/t", bench);
            assertNotNull(queued);
            assertTrue(bench.session.outbox().mayGoToAnother(queued));
            bench.stored.put(queued.seq(), queued);
            bench.session.outbox().committed(queued.seq());
            bench.pump();
            assertEquals(
                    qos == AT_LEAST_ONCE, bench.session.outbox().mayGoToAnother(queued), "" + qos);
            assertFalse(bench.session.outbox().mayGoToAnother(queued.release()));
        }
    }
}
