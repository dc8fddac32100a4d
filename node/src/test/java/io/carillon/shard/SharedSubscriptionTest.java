package io.carillon.shard;

import static io.carillon.shard.TestClient.Options.DURABLE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.carillon.mqtt.packet.Puback;
import io.carillon.mqtt.packet.QoS;
import io.carillon.mqtt.packet.ReasonCode;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Members of shared subscriptions that are durable sessions, and what becomes of their messages.
 */
class SharedSubscriptionTest {
    private static final String FILTER = "$share/g/a";

    private TestNode node = TestNode.start();

    @AfterEach
    void nothingFailedOnALoop() {
        node.assertHealthy();
    }

    @Test
    void eachMessageGoesToOneMemberAndOneThatIsOnlineIsPreferred() {
        TestClient.durable(node, "off").subscribe(FILTER, QoS.AT_LEAST_ONCE).vanish();
        TestClient on = TestClient.durable(node, "on").subscribe(FILTER, QoS.AT_LEAST_ONCE);
        for (int i = 0; i < 4; i++) {
            node.publish("a", "x" + i, QoS.AT_LEAST_ONCE);
        }
        assertEquals(4, on.takeAndAcknowledge().size());
        on.vanish();
        node.publish("a", "stored", QoS.AT_LEAST_ONCE);
        node.run();
        assertEquals(1, node.rows(Spaces.QUEUES).size());
    }

    /** [MQTT-4.8.2-4] [MQTT-4.8.2-5] [MQTT-4.8.2-6] */
    @Test
    void whatAMemberLeavesBehindGoesToAnother() {
        TestClient leaving = TestClient.durable(node, "leaving");
        leaving.subscribe(FILTER, QoS.EXACTLY_ONCE);
        leaving.subscribe("a", QoS.AT_LEAST_ONCE);
        leaving.outlet.congestedFrom = 2 + 4; // two answers and two messages, both ways
        for (int i = 0; i < 2; i++) {
            node.publish("a", "one" + i, QoS.AT_LEAST_ONCE);
            node.publish("a", "two" + i, QoS.EXACTLY_ONCE);
            node.run();
        }
        List<String> sent = leaving.take();
        assertEquals(4, sent.size(), sent.toString());
        TestClient staying = TestClient.durable(node, "staying");
        staying.subscribe(FILTER, QoS.EXACTLY_ONCE);
        leaving.endSession();
        List<String> got =
                staying.takeAndAcknowledge().stream()
                        .filter(text -> text.startsWith("publish"))
                        .map(text -> text.substring(8, 12))
                        .toList();
        // QoS 1 again, though it was sent; QoS 2 only what was never sent.
        assertEquals(
                List.of("a=on", "a=on", "a=tw"), got.stream().sorted().toList(), sent.toString());
        staying.endSession();
        node.assertEmptyStore();
    }

    @Test
    void manyPagesGoToAnotherMemberInTheirOrderAndOnce() {
        TestClient.durable(node, "leaving").subscribe(FILTER, QoS.EXACTLY_ONCE).vanish();
        for (int i = 0; i < 600; i++) {
            node.publish("a", "x" + i, QoS.EXACTLY_ONCE);
        }
        node.run();
        TestClient staying = TestClient.durable(node, "staying");
        staying.subscribe(FILTER, QoS.EXACTLY_ONCE);
        TestClient.connect(node, "leaving", DURABLE.clean()).endSession();
        List<String> got =
                staying.takeAndAcknowledge().stream()
                        .filter(text -> text.startsWith("publish"))
                        .toList();
        assertEquals(600, got.size());
        for (int i = 0; i < 600; i++) {
            assertEquals("publish a=x" + i + " q2 #" + (i + 1), got.get(i));
        }
        staying.endSession();
        node.assertEmptyStore();
    }

    @Test
    void withoutAnotherMemberTheyAreDropped() {
        TestClient.durable(node, "last").subscribe(FILTER, QoS.AT_LEAST_ONCE).vanish();
        node.publish("a", "x", QoS.AT_LEAST_ONCE);
        node.run();
        TestClient.connect(node, "last", DURABLE.clean()).endSession();
        node.assertEmptyStore();
    }

    @Test
    void aMessageOnItsWayToAMemberThatEndsGoesToAnother() {
        TestClient leaving = TestClient.durable(node, "leaving");
        leaving.subscribe(FILTER, QoS.AT_LEAST_ONCE);
        TestClient.durable(node, "staying").subscribe(FILTER, QoS.AT_LEAST_ONCE).vanish();
        node.shards.detach("leaving", leaving.outlet.attachment(), true, 0);
        TestNode.TestReceipt receipt = node.publish("a", "x", QoS.AT_LEAST_ONCE);
        assertNull(receipt.outcome());
        node.run();
        assertEquals(ReasonCode.SUCCESS, receipt.outcome());
        TestClient staying = TestClient.durable(node, "staying");
        assertEquals(List.of("publish a=x q1 #1"), staying.takeAndAcknowledge());
    }

    @Test
    void whatWasAcknowledgedIsNotGivenToAnother() {
        TestClient leaving = TestClient.durable(node, "leaving");
        leaving.subscribe(FILTER, QoS.AT_LEAST_ONCE);
        node.publish("a", "x", QoS.AT_LEAST_ONCE);
        leaving.take();
        leaving.send(new Puback(1));
        TestClient staying = TestClient.durable(node, "staying");
        staying.subscribe(FILTER, QoS.AT_LEAST_ONCE);
        leaving.endSession();
        assertEquals(List.of(), staying.take());
    }
}
