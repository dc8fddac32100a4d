package io.carillon.shard;

import static io.carillon.shard.TestClient.Options.DURABLE;
import static io.carillon.shard.TestClient.Options.TRANSIENT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.carillon.mqtt.packet.Puback;
import io.carillon.mqtt.packet.QoS;
import io.carillon.mqtt.packet.ReasonCode;
import io.carillon.session.QueueLimits;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A disk that does not keep up: commands are refused as a whole, and all is well afterwards. */
class SlowDiskTest {
    private static final String LARGE = "x".repeat(512 * 1024);

    private final TestNode node =
            TestNode.start(
                    1,
                    new ShardSettings(
                            new QueueLimits(1_000, 1L << 30, false, 16),
                            true,
                            100,
                            1_000,
                            1L << 30,
                            100_000));

    @Test
    void whatIsTooMuchIsRefusedWholeAndNobodyIsCutOff() {
        TestClient.durable(node, "away").subscribe("a", QoS.AT_LEAST_ONCE).vanish();
        TestClient busy = TestClient.durable(node, "busy").subscribe("b", QoS.AT_LEAST_ONCE);
        node.publish("b", "small", QoS.AT_LEAST_ONCE);
        assertEquals(List.of("publish b=small q1 #1"), busy.take());
        List<TestNode.TestReceipt> receipts = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            receipts.add(node.publish("a", LARGE, QoS.AT_LEAST_ONCE));
            node.runWithoutSync();
        }
        assertTrue(node.shards.congested());
        TestNode.TestReceipt retained = node.publishRetained("r", "x", QoS.AT_LEAST_ONCE);
        TestClient durable = TestClient.ask(node, "durable", DURABLE);
        TestClient passing = TestClient.ask(node, "transient", TRANSIENT);
        busy.send(new Puback(1)); // acknowledgements are always taken
        node.runWithoutSync();
        assertEquals(ReasonCode.IMPLEMENTATION_SPECIFIC_ERROR, retained.outcome());
        assertEquals(ReasonCode.SERVER_UNAVAILABLE, durable.outlet.refused);
        assertNotNull(passing.outlet.attached);
        assertTrue(busy.outlet.isOpen());
        busy.send(TestClient.subscription("c", QoS.AT_LEAST_ONCE));
        node.runWithoutSync();
        assertFalse(busy.outlet.isOpen());

        node.run();
        long stored = receipts.stream().filter(r -> r.outcome() == ReasonCode.SUCCESS).count();
        long refused = receipts.size() - stored;
        assertTrue(stored > 50 && refused > 10, stored + " stored, " + refused + " refused");
        assertEquals(
                stored,
                TestClient.durable(node, "away").takeAndAcknowledge().stream()
                        .filter(text -> text.startsWith("publish"))
                        .count());
        assertEquals(List.of(), node.rows(Spaces.QUEUES));
        node.assertHealthy();
    }
}
