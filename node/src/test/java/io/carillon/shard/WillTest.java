package io.carillon.shard;

import static io.carillon.shard.TestClient.Options.DURABLE;
import static io.carillon.shard.TestClient.Options.TRANSIENT;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.carillon.mqtt.packet.QoS;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Wills: when they are published, and that each is once. Sources: MQTT 5.0, 3.1.2.5, 3.1.3.2.2. */
class WillTest {
    private static final TestClient.Options WITH_WILL = DURABLE.will("will", "bye", 0);
    private static final TestClient.Options DELAYED = DURABLE.will("will", "bye", 10);
    private static final List<String> BYE = List.of("will=bye q2");
    private static final List<String> NOTHING = List.of();

    private TestNode node = TestNode.start();
    private TestClient watcher = TestClient.durable(node, "watcher");

    @BeforeEach
    void watch() {
        watcher.subscribe("will", QoS.EXACTLY_ONCE);
    }

    @AfterEach
    void nothingFailedOnALoop() {
        node.assertHealthy();
    }

    /** What the watcher got since the last call, without packet identifiers. */
    private List<String> wills() {
        return watcher.takeAndAcknowledge().stream()
                .filter(text -> text.startsWith("publish "))
                .map(text -> text.substring(8).replaceAll(" #\\d+( dup)?", ""))
                .toList();
    }

    private void crash() {
        node = node.crash();
        watcher = TestClient.durable(node, "watcher");
    }

    /** [MQTT-3.1.2-8] [MQTT3-3.1.2-8] */
    @Test
    void theWillOfOneThatVanishesIsPublished() {
        TestClient.connect(node, "d", WITH_WILL).vanish();
        assertEquals(BYE, wills());
        TestClient.connect(node, "t", TRANSIENT.will("will", "bye", 0)).vanish();
        assertEquals(BYE, wills());
        assertEquals(2, node.metrics.wills.sum());
    }

    /** [MQTT-3.1.2-10] [MQTT-3.14.4-3] [MQTT3-3.1.2-10] [MQTT3-3.14.4-3] */
    @Test
    void whoSaysGoodbyeHasNoWillNotEvenAfterACrash() {
        TestClient.connect(node, "d", WITH_WILL).leave();
        TestClient.connect(node, "t", TRANSIENT.will("will", "bye", 0)).leave();
        assertEquals(NOTHING, wills());
        crash();
        node.advanceSeconds(5_000);
        assertEquals(NOTHING, wills());
        watcher.endSession();
        node.assertEmptyStore();
    }

    @Test
    void theWillOfATransientClientIsNotPublishedAfterACrashOnceItWas() {
        TestClient.connect(node, "t", TRANSIENT.will("will", "bye", 0)).vanish();
        assertEquals(BYE, wills());
        crash();
        assertEquals(NOTHING, wills());
    }

    /** A will is not lost with the node [MQTT-3.1.2-8]. */
    @Test
    void whoWasConnectedWhenThePowerWentHasItsWillPublishedAtTheStart() {
        TestClient.connect(node, "d", WITH_WILL);
        TestClient.connect(node, "t", TRANSIENT.will("will", "bye", 3));
        crash();
        assertEquals(List.of("will=bye q2", "will=bye q2"), wills());
        crash();
        assertEquals(NOTHING, wills());
    }

    /** [MQTT-3.1.3-9] */
    @Test
    void aDelayedWillWaitsAndIsDroppedWhenTheClientComesBack() {
        TestClient.connect(node, "d", DELAYED).vanish();
        node.advanceSeconds(9);
        assertEquals(NOTHING, wills());
        TestClient back = TestClient.connect(node, "d", DELAYED);
        node.advanceSeconds(20);
        assertEquals(NOTHING, wills());
        back.vanish();
        node.advanceSeconds(11);
        assertEquals(BYE, wills());
        node.advanceSeconds(100);
        assertEquals(NOTHING, wills());
    }

    /** [MQTT-3.1.2-8]: the end of the session is the latest moment. */
    @Test
    void aDelayedWillIsPublishedWhenTheSessionEnds() {
        TestClient.connect(node, "d", DELAYED.expiry(3)).vanish();
        node.advanceSeconds(4);
        assertEquals(BYE, wills());
        node.advanceSeconds(20);
        assertEquals(NOTHING, wills());
    }

    @Test
    void aDelayedWillOutlivesACrashAndIsDueAfterItsWholeDelay() {
        TestClient.connect(node, "d", DELAYED).vanish();
        node.advanceSeconds(5);
        crash();
        node.advanceSeconds(4);
        assertEquals(NOTHING, wills());
        node.advanceSeconds(2);
        assertEquals(BYE, wills());
    }

    @Test
    void aTakeoverPublishesAWillWithoutDelay() {
        for (int i = 0; i < 3; i++) {
            TestClient.connect(node, "d", WITH_WILL);
            assertEquals(i == 0 ? NOTHING : BYE, wills());
        }
        TestClient.connect(node, "d", DURABLE);
        assertEquals(BYE, wills());
        TestClient.connect(node, "d", DURABLE);
        assertEquals(NOTHING, wills());
    }

    @Test
    void aTakeoverKeepsADelayedWillBackWhileTheSessionGoesOn() {
        TestClient.connect(node, "d", DELAYED);
        TestClient.connect(node, "d", DELAYED);
        node.advanceSeconds(20);
        assertEquals(NOTHING, wills());
    }

    @Test
    void aTakeoverThatEndsTheSessionPublishesADelayedWill() {
        TestClient.connect(node, "d", DELAYED);
        TestClient.connect(node, "d", DELAYED.clean());
        assertEquals(BYE, wills());
        TestClient.connect(node, "t", TRANSIENT.will("will", "t", 5));
        TestClient.connect(node, "t", TRANSIENT);
        assertEquals(List.of("will=t q2"), wills());
    }

    /** Two within one millisecond are two. */
    @Test
    void everyConnectionHasAWillOfItsOwn() {
        for (int i = 0; i < 5; i++) {
            TestClient.connect(node, "d", WITH_WILL).vanish();
            assertEquals(BYE, wills());
        }
    }

    /** Whatever is lost between publishing and the note that it is done. */
    @Test
    void aWillIsQueuedOnceWhereverACrashFallsIn() {
        for (int kept = 0; kept < 12; kept++) {
            TestClient owner = TestClient.connect(node, "d", WITH_WILL);
            node.shards.detach("d", owner.outlet.attachment(), false, -1);
            for (int i = 0; i < 6; i++) {
                node.loops.forEach(loop -> loop.runTurn());
            }
            node = node.crashKeeping(Math.min(kept, node.memory.unsyncedBatches()));
            node.run();
            watcher = TestClient.durable(node, "watcher");
            assertEquals(BYE, wills(), "kept " + kept);
        }
    }

    @Test
    void aTakeoversWillIsQueuedOnceWhereverACrashFallsIn() {
        for (int kept = 0; kept < 12; kept++) {
            TestClient.connect(node, "d", WITH_WILL);
            TestClient.ask(node, "d", DURABLE);
            for (int i = 0; i < 6; i++) {
                node.loops.forEach(loop -> loop.runTurn());
            }
            node = node.crashKeeping(Math.min(kept, node.memory.unsyncedBatches()));
            node.run();
            watcher = TestClient.durable(node, "watcher");
            assertEquals(BYE, wills(), "kept " + kept);
            TestClient.connect(node, "d", DURABLE).leave();
        }
    }

    /** A will reaches each subscription that matches, though one shard has several of them. */
    @Test
    void aWillComesByEachWayAlsoWhenItIsPublishedAgain() {
        node = TestNode.start(1, TestNode.SETTINGS);
        watcher = TestClient.durable(node, "watcher").subscribe("will", QoS.EXACTLY_ONCE);
        TestClient.durable(node, "m").subscribe("$share/g/will", QoS.EXACTLY_ONCE);
        TestClient.durable(node, "n").subscribe("$share/h/will", QoS.EXACTLY_ONCE);
        TestClient.connect(node, "t", TRANSIENT.will("will", "bye", 0));
        crash();
        assertEquals(BYE, wills());
        assertEquals(
                List.of("publish will=bye q2 #1", "pubrel #1"),
                TestClient.durable(node, "m").takeAndAcknowledge());
        assertEquals(
                List.of("publish will=bye q2 #1", "pubrel #1"),
                TestClient.durable(node, "n").takeAndAcknowledge());
    }

    @Test
    void theLastSessionLeavesNothingBehind() {
        TestClient.connect(node, "t", TRANSIENT.will("will", "bye", 0)).vanish();
        TestClient.connect(node, "d", WITH_WILL).vanish();
        TestClient.connect(node, "d", WITH_WILL).endSession();
        watcher.takeAndAcknowledge();
        watcher.endSession();
        node.assertEmptyStore();
    }
}
