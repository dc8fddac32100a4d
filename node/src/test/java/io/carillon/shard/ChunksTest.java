package io.carillon.shard;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.carillon.mqtt.packet.Puback;
import io.carillon.mqtt.packet.QoS;
import io.carillon.session.QueueLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What comes in one turn is one row of a queue, and is done with one by one. */
final class ChunksTest {
    private TestNode node = TestNode.start(1, TestNode.SETTINGS);

    @AfterEach
    void nothingFailedOnALoop() {
        node.assertHealthy();
    }

    private void publish(int from, int to) {
        for (int i = from; i < to; i++) {
            node.publish("a", "x" + i, QoS.AT_LEAST_ONCE);
        }
        node.run();
    }

    private static List<String> expected(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(i -> "publish a=x" + i + " q1 #" + (i + 1))
                .toList();
    }

    @Test
    void whatComesTogetherIsOneRow() {
        TestClient.durable(node, "c").subscribe("a", QoS.AT_LEAST_ONCE).vanish();
        publish(0, 10);
        assertEquals(1, node.rows(Spaces.QUEUES).size());
        publish(10, 300);
        node = node.crash();
        assertEquals(expected(0, 300), TestClient.durable(node, "c").takeAndAcknowledge());
        assertEquals(List.of(), node.rows(Spaces.QUEUES));
    }

    /** Whatever was acknowledged stays so, in whatever order, and nothing else does. */
    @Test
    void acknowledgementsOutOfOrderOutliveACrash() {
        TestClient client = TestClient.durable(node, "c").subscribe("a", QoS.AT_LEAST_ONCE);
        client.take();
        publish(0, 6);
        publish(6, 8);
        client.take();
        client.send(new Puback(2), new Puback(4), new Puback(5), new Puback(8));
        node.run();
        assertEquals(2, node.rows(Spaces.QUEUES).size());
        client.send(new Puback(7));
        node.run();
        assertEquals(1, node.rows(Spaces.QUEUES).size(), "the second row is done with");
        node = node.crash();
        client = TestClient.durable(node, "c");
        List<String> again = new ArrayList<>();
        for (int i : new int[] {0, 2, 5}) {
            again.add("publish a=x" + i + " q1 #" + (i + 1) + " dup");
        }
        assertEquals(again, client.takeAndAcknowledge());
        assertEquals(List.of(), node.rows(Spaces.QUEUES));
        publish(8, 10);
        assertEquals(expected(8, 10), client.takeAndAcknowledge());
    }

    /** A full queue loses its oldest, also of what came in the same turn for others too. */
    @Test
    void theOldestOfAChunkGoFirst() {
        QueueLimits three = new QueueLimits(3, 1_000, true, 16);
        ShardSettings all = TestNode.SETTINGS;
        node =
                TestNode.start(
                        1,
                        new ShardSettings(
                                three,
                                all.qos0WhileOffline(),
                                all.subscriptionsMax(),
                                all.retainedMessagesMax(),
                                all.retainedBytesMax(),
                                all.waitingMax()));
        for (String id : List.of("c", "d", "e")) {
            TestClient.durable(node, id).subscribe("a", QoS.AT_LEAST_ONCE).vanish();
        }
        publish(0, 10);
        publish(10, 12);
        node = node.crash();
        for (String id : List.of("c", "d", "e")) {
            assertEquals(expected(9, 12), TestClient.durable(node, id).takeAndAcknowledge());
        }
        assertEquals(List.of(), node.rows(Spaces.QUEUES, Spaces.MESSAGES, Spaces.REFERENCES));
    }
}
