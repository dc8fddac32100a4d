package io.carillon.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.carillon.mqtt.packet.Message;
import io.carillon.mqtt.packet.Publish;
import io.carillon.mqtt.packet.Pubrel;
import io.carillon.mqtt.packet.QoS;
import io.carillon.mqtt.packet.ReasonCode;
import io.carillon.mqtt.packet.Topic;
import io.carillon.session.Inbound.Exchange;
import java.util.List;
import org.junit.jupiter.api.Test;

/** QoS 2 messages that the client of a durable session publishes. */
class InboundTest {
    private final SessionBench bench = SessionBench.of(16);

    private Exchange publish(int packetId, boolean dup) {
        Message message = Message.of(Topic.of("t"), new byte[1]);
        Publish packet = new Publish(message, QoS.EXACTLY_ONCE, false, dup, packetId);
        return bench.session.publish(packet, bench);
    }

    private List<String> routed(Exchange exchange, ReasonCode outcome) {
        bench.session.routed(exchange, outcome, bench);
        return bench.take();
    }

    private List<String> pubrel(int packetId) {
        bench.session.acknowledge(new Pubrel(packetId), bench);
        return bench.take();
    }

    /** [MQTT-4.3.3-8] [MQTT-4.3.3-9] [MQTT-4.3.3-11] [MQTT-4.3.3-12] */
    @Test
    void aMessageIsNumberedRoutedAnsweredAndLetGo() {
        Exchange exchange = publish(7, false);
        assertEquals(SessionBench.SESSION, exchange.origin().session());
        assertEquals(1, exchange.origin().number());
        assertFalse(exchange.origin().repeat());
        assertEquals(List.of(), bench.take());
        assertEquals(List.of("pubrec #7"), routed(exchange, ReasonCode.SUCCESS));
        assertEquals(List.of("pubcomp #7"), pubrel(7));
        assertEquals(List.of("received #7 as 1", "completed #7"), bench.takeRecords());
        assertEquals(0, bench.session.inbound().open());
    }

    /** [MQTT-4.3.3-10] */
    @Test
    void aRepeatIsNotRoutedAgain() {
        Exchange exchange = publish(7, false);
        assertNull(publish(7, true));
        routed(exchange, ReasonCode.SUCCESS);
        assertNull(publish(7, true));
        assertEquals(List.of("pubrec #7"), bench.take());
        pubrel(7);
        assertEquals(2, publish(7, false).origin().number());
    }

    /** [MQTT-4.6.0-3] */
    @Test
    void answersKeepTheOrderOfTheMessages() {
        Exchange first = publish(1, false);
        Exchange second = publish(2, false);
        assertEquals(List.of(), routed(second, ReasonCode.SUCCESS));
        assertNull(publish(2, true));
        assertEquals(List.of(), bench.take(), "a repeat does not answer before the first");
        assertEquals(
                List.of("pubrec #1 NO_MATCHING_SUBSCRIBERS", "pubrec #2"),
                routed(first, ReasonCode.NO_MATCHING_SUBSCRIBERS));
    }

    /** [MQTT-4.3.3-9]: an error ends the exchange, the identifier is free. */
    @Test
    void aRefusedMessageMayBeSentAnew() {
        Exchange refused = publish(1, false);
        assertEquals(
                List.of("pubrec #1 QUOTA_EXCEEDED"), routed(refused, ReasonCode.QUOTA_EXCEEDED));
        assertEquals(0, bench.session.inbound().open());
        Exchange again = publish(1, false);
        assertEquals(2, again.origin().number());
        assertEquals(List.of("pubrec #1"), routed(again, ReasonCode.SUCCESS));
    }

    @Test
    void aPubrelThatComesTooEarlyEndsTheExchangeOfItsTimeOnly() {
        Exchange early = publish(1, false);
        assertEquals(List.of("pubcomp #1"), pubrel(1));
        Exchange next = publish(1, false);
        assertNotNull(next);
        routed(early, ReasonCode.QUOTA_EXCEEDED);
        assertEquals(1, bench.session.inbound().open());
        assertEquals(List.of("pubrec #1"), routed(next, ReasonCode.SUCCESS));
    }

    @Test
    void anUnknownPubrelIsAnswered() {
        assertEquals(List.of("pubcomp #3 PACKET_IDENTIFIER_NOT_FOUND"), pubrel(3));
        assertEquals(List.of(), bench.takeRecords());
    }

    /** [MQTT-4.4.0-1] */
    @Test
    void afterARestartARepeatIsRoutedUnderItsNumber() {
        publish(1, false);
        routed(publish(2, false), ReasonCode.SUCCESS);
        bench.restart(true);
        Exchange again = publish(1, true);
        assertEquals(1, again.origin().number());
        assertTrue(again.origin().repeat());
        assertEquals(List.of("pubrec #1"), routed(again, ReasonCode.SUCCESS));
        assertEquals(List.of("pubcomp #2"), pubrel(2));
        assertEquals(List.of("pubcomp #1"), pubrel(1));
        bench.restart(false);
        assertEquals(3, publish(1, false).origin().number());
    }

    /** What the crash took back is numbered as before, and may be there already. */
    @Test
    void aRepeatOfWhatTheStoreNeverSawIsMarked() {
        Exchange unknown = publish(1, true);
        assertEquals(1, unknown.origin().number());
        assertTrue(unknown.origin().repeat());
    }

    /**
     * A message that was refused comes again, and neither its client nor the leader heard of it.
     */
    @Test
    void whatComesAgainBehindANewNumberIsNumberedAnew() {
        bench.session.restore(0, 9);
        bench.session.restore(2, 8);
        bench.session.restore(3, 9);
        assertEquals(10, publish(1, true).origin().number());
        assertEquals(11, publish(2, true).origin().number());
        assertTrue(publish(3, true).origin().repeat());
        assertEquals(
                List.of(
                        "completed #2",
                        "completed #3",
                        "received #1 as 10",
                        "received #2 as 11",
                        "received #3 as 12"),
                bench.takeRecords());
        assertEquals(3, bench.session.inbound().open());
    }
}
