package io.carillon.shard;

import static io.carillon.shard.TestClient.Options.DURABLE;
import static io.carillon.shard.TestClient.Options.TRANSIENT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.carillon.mqtt.packet.Publish;
import io.carillon.mqtt.packet.QoS;
import io.carillon.mqtt.packet.ReasonCode;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A disk that fails: nothing is acknowledged any more, and nobody else suffers. */
class StoreFailureTest {
    enum Fault {
        WRITE,
        SYNC;

        void strike(TestNode node) {
            switch (this) {
                case WRITE -> node.memory.failNextWrite("the disk is full");
                case SYNC -> node.memory.failNextSync("the disk is gone");
            }
        }
    }

    private final TestNode node = TestNode.start();

    @AfterEach
    void nothingFailedOnALoop() {
        node.assertHealthy();
    }

    /** Nothing is acknowledged that is not stored [MQTT-4.3.2-4] [MQTT-4.3.3-8]. */
    @ParameterizedTest
    @EnumSource
    void receiptsFailAndDurableClientsAreClosed(Fault fault) {
        TestClient.durable(node, "away").subscribe("a", QoS.AT_LEAST_ONCE).vanish();
        TestClient client = TestClient.durable(node, "c").subscribe("a", QoS.AT_LEAST_ONCE);
        int sent = client.outlet.sent.size();
        fault.strike(node);
        TestNode.TestReceipt receipt = node.publish("a", "x", QoS.AT_LEAST_ONCE);
        TestNode.TestReceipt retained = node.publishRetained("b", "x", QoS.AT_LEAST_ONCE);
        node.run();
        assertEquals(ReasonCode.IMPLEMENTATION_SPECIFIC_ERROR, receipt.outcome());
        assertEquals(ReasonCode.IMPLEMENTATION_SPECIFIC_ERROR, retained.outcome());
        assertEquals(ReasonCode.IMPLEMENTATION_SPECIFIC_ERROR, client.outlet.closed);
        assertEquals(sent, client.outlet.sent.size());
        assertEquals(0, node.metrics.sessionsOnline.get());
        node.shards.detach("c", client.outlet.attachment(), false, -1);
        TestNode.TestReceipt later = node.publish("a", "y", QoS.AT_LEAST_ONCE);
        node.advanceSeconds(5);
        assertEquals(ReasonCode.IMPLEMENTATION_SPECIFIC_ERROR, later.outcome());
    }

    @ParameterizedTest
    @EnumSource
    void aQos2MessageOfADurableClientIsNotAnswered(Fault fault) {
        TestClient client = TestClient.durable(node, "c");
        fault.strike(node);
        client.send(new Publish(TestNode.message("a", "x"), QoS.EXACTLY_ONCE, false, false, 1));
        node.run();
        assertEquals(List.of(), client.outlet.sent);
        assertNotNull(client.outlet.closed);
    }

    @ParameterizedTest
    @EnumSource
    void whoeverNeedsTheStoreIsRefusedAndTransientClientsAreNot(Fault fault) {
        TestClient stays = TestClient.connect(node, "t", TRANSIENT);
        TestClient withWill = TestClient.connect(node, "w", TRANSIENT.will("a", "bye", 0));
        TestClient.durable(node, "d").vanish();
        fault.strike(node);
        TestClient waiting = TestClient.ask(node, "x", DURABLE);
        TestClient waitingWithWill = TestClient.ask(node, "y", TRANSIENT.will("a", "bye", 0));
        node.run();
        assertEquals(ReasonCode.SERVER_UNAVAILABLE, waiting.outlet.refused);
        assertEquals(ReasonCode.SERVER_UNAVAILABLE, waitingWithWill.outlet.refused);
        for (TestClient.Options options :
                List.of(DURABLE, TRANSIENT, DURABLE.clean(), TRANSIENT.will("a", "bye", 0))) {
            TestClient refused = TestClient.ask(node, "d", options);
            node.run();
            assertEquals(ReasonCode.SERVER_UNAVAILABLE, refused.outlet.refused);
        }
        assertTrue(stays.outlet.isOpen());
        assertTrue(withWill.outlet.isOpen());
        assertFalse(TestClient.connect(node, "new", TRANSIENT).sessionPresent());
        // One that was refused left no trace: another user may take the client id.
        assertNull(TestClient.connect(node, "y", TRANSIENT.user("other")).outlet.refused);
        TestClient.connect(node, "t", TRANSIENT);
        assertEquals(ReasonCode.SESSION_TAKEN_OVER, stays.outlet.closed);
    }

    /** The will still goes to whoever is connected, and to the store by the next start. */
    @ParameterizedTest
    @EnumSource
    void willsOfTransientClientsGoOut(Fault fault) {
        node.trie.subscribe(
                RecordingLane.subscriber("watcher"),
                TestClient.subscription("will", QoS.AT_LEAST_ONCE));
        TestClient first = TestClient.connect(node, "w", TRANSIENT.will("will", "bye", 0));
        TestClient second = TestClient.connect(node, "v", TRANSIENT.will("will", "bye", 0));
        fault.strike(node);
        node.publishRetained("b", "x", QoS.AT_LEAST_ONCE);
        node.run();
        first.vanish();
        TestClient.connect(node, "v", TRANSIENT);
        assertEquals(ReasonCode.SESSION_TAKEN_OVER, second.outlet.closed);
        assertEquals(List.of("watcher bye", "watcher bye"), node.lane.got);
    }

    @ParameterizedTest
    @EnumSource
    void whatWasAcknowledgedBeforeIsThereAtTheNextStart(Fault fault) {
        TestClient.durable(node, "c").subscribe("a", QoS.AT_LEAST_ONCE).vanish();
        TestNode.TestReceipt stored = node.publish("a", "x", QoS.AT_LEAST_ONCE);
        node.run();
        assertEquals(ReasonCode.SUCCESS, stored.outcome());
        fault.strike(node);
        node.publish("a", "y", QoS.AT_LEAST_ONCE);
        node.run();
        TestNode next = node.crash();
        assertEquals(
                List.of("publish a=x q1 #1"), TestClient.durable(next, "c").takeAndAcknowledge());
    }
}
