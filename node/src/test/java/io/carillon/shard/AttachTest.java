package io.carillon.shard;

import static io.carillon.shard.TestClient.Options.DURABLE;
import static io.carillon.shard.TestClient.Options.TRANSIENT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.carillon.mqtt.packet.Puback;
import io.carillon.mqtt.packet.QoS;
import io.carillon.mqtt.packet.ReasonCode;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who is the one connection of a client id, and which session it gets. */
class AttachTest {
    private TestNode node = TestNode.start();

    @AfterEach
    void nothingFailedOnALoop() {
        node.assertHealthy();
    }

    @Test
    void aTransientClientIsAnsweredAtOnceAndADurableOneOnceItIsStored() {
        TestClient transientOne = TestClient.ask(node, "t", TRANSIENT);
        TestClient durableOne = TestClient.ask(node, "d", DURABLE);
        node.runWithoutSync();
        assertFalse(transientOne.outlet.attached.durable());
        assertNull(durableOne.outlet.attached);
        node.run();
        assertTrue(durableOne.outlet.attached.durable());
    }

    /** [MQTT-3.1.4-3] [MQTT3-3.1.4-2] */
    @Test
    void aSecondConnectionTakesOver() {
        TestClient first = TestClient.durable(node, "c");
        TestClient second = TestClient.durable(node, "c");
        assertEquals(ReasonCode.SESSION_TAKEN_OVER, first.outlet.closed);
        assertTrue(second.sessionPresent());
        assertTrue(second.outlet.attachment() > first.outlet.attachment());
        assertEquals(1, node.metrics.takeovers.sum());
        assertEquals(1, node.metrics.sessionsOnline.get());
    }

    @Test
    void aTransientConnectionTakesOverATransientOne() {
        TestClient first = TestClient.connect(node, "c", TRANSIENT);
        TestClient second = TestClient.connect(node, "c", TRANSIENT);
        assertEquals(ReasonCode.SESSION_TAKEN_OVER, first.outlet.closed);
        assertFalse(second.sessionPresent());
    }

    /** [MQTT-3.1.4-3] [MQTT3-3.1.4-2] */
    @Test
    void aConnectionIsLetInWhenTheFormerOneHasEnded() {
        for (TestClient.Options options : List.of(DURABLE, TRANSIENT)) {
            TestClient first = TestClient.connect(node, "c", options);
            first.outlet.whenClosed = attached -> {}; // its loop is busy
            TestClient second = TestClient.ask(node, "c", options);
            node.run();
            assertEquals(ReasonCode.SESSION_TAKEN_OVER, first.outlet.closed);
            assertNull(second.outlet.attached);
            TestClient third = TestClient.ask(node, "c", options);
            node.run();
            assertEquals(ReasonCode.SESSION_TAKEN_OVER, second.outlet.closed);
            assertNull(third.outlet.attached);
            first.vanish();
            assertTrue(third.outlet.isOpen());
            assertNull(second.outlet.attached);
            third.endSession();
        }
    }

    /** A node that does not answer may be lost. */
    @Test
    void aConnectionThatDoesNotSayThatItHasEndedIsNotWaitedForForEver() {
        TestClient first = TestClient.durable(node, "c");
        first.outlet.whenClosed = attached -> {};
        TestClient second = TestClient.ask(node, "c", DURABLE);
        node.advanceSeconds(4);
        assertNull(second.outlet.attached);
        node.advanceSeconds(3);
        assertTrue(second.sessionPresent());
    }

    @Test
    void whatAnOlderAttachmentSendsIsDropped() {
        TestClient first = TestClient.durable(node, "c").subscribe("a", QoS.AT_LEAST_ONCE);
        node.publish("a", "x", QoS.AT_LEAST_ONCE);
        assertEquals(List.of("publish a=x q1 #1"), first.take());
        TestClient second = TestClient.durable(node, "c");
        first.send(new Puback(1));
        first.send(TestClient.subscription("b", QoS.AT_LEAST_ONCE));
        first.vanish();
        node.publish("b", "y", QoS.AT_LEAST_ONCE);
        assertEquals(List.of("publish a=x q1 #1 dup"), second.take());
        assertTrue(second.outlet.isOpen());
        assertEquals(1, node.metrics.sessionsOnline.get());
    }

    @Test
    void oneThatIsTakenOverBeforeItIsAnsweredIsClosed() {
        TestClient first = TestClient.ask(node, "c", DURABLE);
        TestClient second = TestClient.ask(node, "c", DURABLE);
        node.run();
        assertEquals(ReasonCode.SESSION_TAKEN_OVER, first.outlet.closed);
        assertNull(first.outlet.attached);
        assertTrue(second.outlet.isOpen());
        assertEquals(1, node.metrics.sessionsOnline.get());
    }

    @Test
    void anotherUserNeitherTakesOverNorResumesNorDiscards() {
        TestClient owner = TestClient.durable(node, "c");
        TestClient other = TestClient.ask(node, "c", DURABLE.user("mallory"));
        node.run();
        assertEquals(ReasonCode.NOT_AUTHORIZED, other.outlet.refused);
        assertTrue(owner.outlet.isOpen());
        owner.vanish();
        TestClient anonymous = TestClient.ask(node, "c", DURABLE.user(null).clean());
        node.run();
        assertEquals(ReasonCode.NOT_AUTHORIZED, anonymous.outlet.refused);
        node = node.crash();
        TestClient afterwards = TestClient.ask(node, "c", TRANSIENT.user("mallory"));
        node.run();
        assertEquals(ReasonCode.NOT_AUTHORIZED, afterwards.outlet.refused);
        assertTrue(TestClient.durable(node, "c").sessionPresent());
    }

    @Test
    void aTransientClientThatHasGoneOwnsNothing() {
        TestClient.connect(node, "c", TRANSIENT).vanish();
        TestClient other = TestClient.connect(node, "c", TRANSIENT.user("other"));
        assertTrue(other.outlet.isOpen());
    }

    /** [MQTT-3.1.2-4] [MQTT-3.2.2-2] [MQTT3-3.1.2-6] */
    @Test
    void aCleanStartDiscardsTheSession() {
        TestClient.durable(node, "c").subscribe("a", QoS.AT_LEAST_ONCE).vanish();
        node.publish("a", "old", QoS.AT_LEAST_ONCE);
        TestClient again = TestClient.connect(node, "c", DURABLE.clean());
        assertFalse(again.sessionPresent());
        node.publish("a", "new", QoS.AT_LEAST_ONCE);
        assertEquals(List.of(), again.take());
        again.endSession();
        node.assertEmptyStore();
    }

    /** A CONNACK without session present is a promise that no crash takes back [MQTT-3.2.2-2]. */
    @Test
    void aDiscardedSessionDoesNotComeBackByACrash() {
        TestClient.durable(node, "c").subscribe("a", QoS.AT_LEAST_ONCE).vanish();
        TestClient clean = TestClient.ask(node, "c", TRANSIENT);
        node.runWithoutSync();
        assertNull(clean.outlet.attached);
        node.run();
        assertFalse(clean.sessionPresent());
        node = node.crash();
        assertFalse(TestClient.durable(node, "c").sessionPresent());
    }

    /** [MQTT-3.1.2-5] [MQTT-3.1.2-6] [MQTT-3.2.2-3] [MQTT3-3.1.2-4] [MQTT3-3.2.2-2] */
    @Test
    void aSessionIsResumedAfterAReconnectAndAfterACrash() {
        TestClient.durable(node, "c").subscribe("a", QoS.AT_LEAST_ONCE).vanish();
        assertTrue(TestClient.durable(node, "c").sessionPresent());
        node = node.crash();
        node.publish("a", "x", QoS.AT_LEAST_ONCE);
        TestClient again = TestClient.durable(node, "c");
        assertTrue(again.sessionPresent());
        assertEquals(List.of("publish a=x q1 #1"), again.takeAndAcknowledge());
    }

    /** [MQTT-3.1.2-23] [MQTT-4.1.0-2] */
    @Test
    void aSessionEndsWhenItsTimeIsUp() {
        TestClient.connect(node, "c", DURABLE.expiry(10))
                .subscribe("a", QoS.AT_LEAST_ONCE)
                .vanish();
        node.advanceSeconds(9);
        assertEquals(1, node.metrics.sessions.get());
        node.advanceSeconds(3);
        assertEquals(0, node.metrics.sessions.get());
        assertEquals(1, node.metrics.sessionsExpired.sum());
        node.assertEmptyStore();
    }

    @Test
    void aSessionWhoseTimeIsUpIsNotResumedThoughNobodyEndedItYet() {
        TestClient.connect(node, "c", DURABLE.expiry(10)).vanish();
        node.clock.advanceMillis(10_000);
        assertFalse(TestClient.durable(node, "c").sessionPresent());
        assertEquals(1, node.metrics.sessions.get());
    }

    @Test
    void aSessionWhoseTimeIsUpAtTheStartIsGone() {
        TestClient.connect(node, "c", DURABLE.expiry(10))
                .subscribe("a", QoS.AT_LEAST_ONCE)
                .vanish();
        node.clock.advanceMillis(10_000);
        node = node.crash();
        node.assertEmptyStore();
        assertFalse(TestClient.durable(node, "c").sessionPresent());
    }

    /** Whoever was connected when the power went has the whole time from the start on. */
    @Test
    void theTimeOfASessionThatWasConnectedCountsFromTheStart() {
        TestClient.connect(node, "c", DURABLE.expiry(10));
        node.clock.advanceMillis(60_000);
        node = node.crash();
        node.advanceSeconds(9);
        assertTrue(TestClient.connect(node, "c", DURABLE.expiry(10)).sessionPresent());
    }

    /** [MQTT-3.14.2-2] */
    @Test
    void disconnectMaySetAnotherExpiry() {
        TestClient client = TestClient.durable(node, "c");
        node.shards.detach("c", client.outlet.attachment(), true, 5);
        node.advanceSeconds(7);
        node.assertEmptyStore();
    }

    @Test
    void aSessionResumedWithExpiryZeroEndsWithItsConnection() {
        TestClient.durable(node, "c").vanish();
        TestClient last = TestClient.connect(node, "c", DURABLE.expiry(0));
        assertTrue(last.sessionPresent());
        assertTrue(last.outlet.attached.durable());
        last.vanish();
        node.assertEmptyStore();
    }

    @Test
    void aSessionWithoutEndOutlivesManyYears() {
        TestClient.connect(node, "c", DURABLE.expiry(0xFFFF_FFFFL)).vanish();
        node.clock.advanceMillis(200L * 365 * 24 * 3_600_000);
        node.advanceSeconds(2);
        assertTrue(TestClient.durable(node, "c").sessionPresent());
    }
}
