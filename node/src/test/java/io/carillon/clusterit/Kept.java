package io.carillon.clusterit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.carillon.e2e.broker.Names;
import io.carillon.e2e.client.ClientOptions;
import io.carillon.e2e.client.Message;
import io.carillon.e2e.client.TestClient;
import io.carillon.testing.cluster.Cluster;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Sessions with queues and retained messages, enough to be in all shards. */
final class Kept {
    private static final int COUNT = 40;

    private final Cluster cluster;
    private final NodeClients clients;
    private final String topic;
    private final List<String> ids =
            IntStream.range(0, COUNT).mapToObj(_ -> Names.clientId()).toList();
    private final Set<Message> retained;
    private final Message queued;

    /** Makes them, by clients of the first two nodes. */
    Kept(Cluster cluster, NodeClients clients, String topic) {
        this.cluster = cluster;
        this.clients = clients;
        this.topic = topic;
        this.retained =
                IntStream.range(0, COUNT)
                        .mapToObj(i -> Message.retained(topic + "/kept/" + i, "value " + i, 1))
                        .collect(Collectors.toSet());
        this.queued = Message.of(topic + "/queue", "queued", 2);
        for (String id : ids) {
            TestClient client = clients.connect(cluster.node(0), ClientOptions.durableSession(id));
            client.subscribe(topic + "/queue", 2);
            client.disconnect();
        }
        TestClient publisher = clients.connect(cluster.node(1));
        retained.forEach(publisher::publish);
        publisher.publish(queued);
        publisher.disconnect();
    }

    /** All are still there; the queues are empty then. */
    void check() {
        TestClient reader = clients.connect(cluster.node(0));
        reader.subscribe(topic + "/kept/+", 1);
        assertEquals(retained, Set.copyOf(reader.receive(COUNT)));
        for (String id : ids) {
            TestClient client = clients.open(cluster.node(1), ClientOptions.durableSession(id));
            assertTrue(client.connect(), id);
            assertEquals(queued, client.receive());
            client.disconnect();
        }
    }
}
