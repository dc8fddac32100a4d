package io.carillon.clusterit;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.carillon.e2e.broker.Link;
import io.carillon.e2e.broker.Names;
import io.carillon.e2e.client.ClientOptions;
import io.carillon.e2e.client.Message;
import io.carillon.e2e.client.TestClient;
import io.carillon.testing.cluster.ClusterNode;
import io.carillon.testing.cluster.RunningCluster;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Three nodes are one broker to clients, each of which is connected to another one. */
final class AcrossNodesIT {
    private static final int SESSION_TAKEN_OVER = 0x8E;

    @RegisterExtension static final RunningCluster THREE = RunningCluster.onLoopback(3);

    @AutoClose private final NodeClients clients = new NodeClients();
    private final String topic = Names.topic();
    private final String clientId = Names.clientId();

    /** Whoever publishes where, each subscriber at each node gets it once and in order. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void messagesReachEveryNode(int qos) {
        THREE.cluster().awaitCalm(); // QoS 0 finds no leader while it changes
        List<TestClient> subscribers = new ArrayList<>();
        for (ClusterNode node : nodes()) {
            for (ClientOptions options :
                    List.of(
                            ClientOptions.transientSession(Names.clientId()),
                            ClientOptions.durableSession(Names.clientId()))) {
                TestClient subscriber = clients.connect(node, options);
                assertEquals(qos, subscriber.subscribe(topic + "/+", qos));
                subscribers.add(subscriber);
            }
        }
        for (ClusterNode node : nodes()) {
            TestClient publisher = clients.connect(node);
            List<Message> messages = messages(topic + "/" + node.name(), qos, 100);
            messages.forEach(publisher::publish);
            for (TestClient subscriber : subscribers) {
                assertEquals(messages, subscriber.receive(messages.size()));
            }
        }
    }

    /** What any node accepts after a SUBACK reaches the subscriber, however soon it comes. */
    @Test
    void subackMeansSubscribedEverywhere() {
        TestClient subscriber = clients.connect(node(0));
        TestClient publisher = clients.connect(node(1));
        for (int i = 0; i < 50; i++) {
            String each = topic + "/" + i;
            subscriber.subscribe(each, 1);
            publisher.publish(Message.of(each, "at once", 1));
            assertEquals(Message.of(each, "at once", 1), subscriber.receive());
        }
    }

    /** After an UNSUBACK nothing comes any more, from no node. */
    @Test
    void unsubscribesEverywhere() {
        TestClient subscriber = clients.connect(node(0));
        subscriber.subscribe(topic + "/left", 1);
        subscriber.subscribe(topic + "/kept", 1);
        subscriber.unsubscribe(topic + "/left");
        TestClient publisher = clients.connect(node(1));
        publisher.publish(Message.of(topic + "/left", "gone", 1));
        publisher.publish(Message.of(topic + "/kept", "here", 1));
        assertEquals(Message.of(topic + "/kept", "here", 1), subscriber.receive());
    }

    /** Each message reaches one member of a group, and the members' shares are alike. */
    @Test
    void aGroupSharesOverAllNodes() {
        List<TestClient> members = nodes().stream().map(clients::connect).toList();
        members.forEach(member -> member.subscribe("$share/group/" + topic + "/+", 1));
        members.forEach(member -> member.subscribe(topic, 1));
        Set<Message> sent = new HashSet<>();
        for (ClusterNode node : nodes()) {
            TestClient publisher = clients.connect(node);
            List<Message> messages = messages(topic + "/" + node.name(), 1, 100);
            messages.forEach(publisher::publish);
            sent.addAll(messages);
            Message end = Message.of(topic, "end of " + node.name(), 1);
            publisher.publish(end);
        }

        List<Message> received = new ArrayList<>();
        for (TestClient member : members) {
            List<Message> share = untilEnds(member, nodes().size());
            assertTrue(share.size() >= sent.size() / 6, () -> "a share of " + share.size());
            received.addAll(share);
        }
        assertEquals(sent.size(), received.size());
        assertEquals(sent, new HashSet<>(received));
    }

    private List<Message> untilEnds(TestClient member, int ends) {
        List<Message> others = new ArrayList<>();
        for (int seen = 0; seen < ends; ) {
            Message next = member.receive();
            if (next.topic().equals(topic)) {
                seen++;
            } else {
                others.add(next);
            }
        }
        return others;
    }

    /** What is retained at one node is found at each, by its name and by a wildcard. */
    @Test
    void retainedMessagesAreTheSameEverywhere() {
        Set<Message> kept = new HashSet<>();
        for (int i = 0; i < 30; i++) {
            Message message = Message.retained(topic + "/" + i + "/state", "value " + i, 1);
            clients.connect(node(i % 3)).publish(message);
            kept.add(message);
        }
        for (ClusterNode node : nodes()) {
            TestClient reader = clients.connect(node);
            reader.subscribe(topic + "/+/state", 1);
            assertEquals(kept, Set.copyOf(reader.receive(kept.size())), node.name());
            TestClient exact = clients.connect(node);
            exact.subscribe(topic + "/7/state", 1);
            assertEquals(Message.retained(topic + "/7/state", "value 7", 1), exact.receive());
        }
        clients.connect(node(1)).publish(Message.retained(topic + "/7/state", "", 1));
        for (ClusterNode node : nodes()) {
            TestClient reader = clients.connect(node);
            reader.subscribe(topic + "/7/#", 1);
            reader.publish(Message.of(topic + "/7", "nothing before this", 1));
            assertEquals(Message.of(topic + "/7", "nothing before this", 1), reader.receive());
        }
    }

    /** Who connects elsewhere with the same client id ends the connection before. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aSessionIsTakenOver(boolean durable) {
        ClientOptions options =
                durable
                        ? ClientOptions.durableSession(clientId)
                        : ClientOptions.transientSession(clientId);
        TestClient before = clients.connect(node(0), options);
        before.subscribe(topic, 2);
        for (int number : new int[] {1, 2, 0}) {
            TestClient next = clients.open(node(number), options);
            assertEquals(durable, next.connect());
            assertEquals(SESSION_TAKEN_OVER, before.awaitEnd());
            if (!durable) {
                next.subscribe(topic, 2);
            }
            Message message = Message.of(topic, "for the one at " + number, 2);
            clients.connect(node(2)).publish(message);
            assertEquals(message, next.receive());
            before = next;
        }
    }

    /** A session waits for its client at every node, with what was queued from every node. */
    @Test
    void aSessionIsResumedAtAnotherNode() {
        ClientOptions options = ClientOptions.durableSession(clientId);
        TestClient first = clients.connect(node(0), options);
        first.subscribe(topic + "/+", 2);
        first.disconnect();
        for (ClusterNode node : nodes()) {
            List<Message> queued = new ArrayList<>();
            for (ClusterNode from : nodes()) {
                TestClient publisher = clients.connect(from);
                for (Message message : messages(topic + "/" + from.name(), 1, 5)) {
                    publisher.publish(message);
                    queued.add(message);
                }
            }
            TestClient again = clients.open(node, options);
            assertTrue(again.connect(), node.name());
            assertEquals(queued, again.receive(queued.size()), node.name());
            again.disconnect();
        }
        TestClient clean = clients.open(node(1), ClientOptions.transientSession(clientId));
        assertFalse(clean.connect());
        clean.disconnect();
        assertFalse(clients.open(node(2), options).connect());
    }

    /** A will is published at all nodes; who comes back elsewhere in time stops it. */
    @Test
    void aWillIsKnownEverywhere() {
        TestClient watcher = clients.connect(node(1));
        watcher.subscribe(topic + "/#", 1);
        Message will = Message.of(topic + "/will", "gone", 1);
        ClientOptions options = ClientOptions.durableSession(clientId);
        try (Link link = new Link(NodeClients.endpoint(node(0)))) {
            TestClient first = clients.connect(link.endpoint(), options.withWill(will, 2));
            link.cut();
            first.awaitEnd();
            TestClient second =
                    clients.connect(node(2), options.withWill(Message.of(topic, "later", 1)));
            second.publish(Message.of(topic + "/back", "in time", 1));
            assertEquals(Message.of(topic + "/back", "in time", 1), watcher.receive());
        }
        try (Link link = new Link(NodeClients.endpoint(node(0)))) {
            clients.connect(link.endpoint(), options.withWill(will, 1))
                    .publish(Message.of(topic + "/again", "here", 1));
            // The one at node 2 was taken over: its will comes, that of the first never did.
            assertEquals(
                    Set.of(Message.of(topic, "later", 1), Message.of(topic + "/again", "here", 1)),
                    Set.copyOf(watcher.receive(2)));
            link.cut();
            assertEquals(will, watcher.receive());
        }
    }

    /** Each node counts what it has to do with the others. */
    @Test
    void theClusterIsCounted() {
        TestClient subscriber = clients.connect(node(1));
        subscriber.subscribe(topic, 1);
        TestClient publisher = clients.connect(node(0));
        double before = node(0).metric("carillon_peer_messages_total{direction=\"sent\"}");
        for (Message message : messages(topic, 1, 20)) {
            publisher.publish(message);
        }
        subscriber.receive(20);
        assertTrue(
                node(0).metric("carillon_peer_messages_total{direction=\"sent\"}") >= before + 20);
        double led = 0;
        for (ClusterNode node : nodes()) {
            assertEquals(3, node.metric("carillon_cluster_nodes"), node.name());
            assertEquals(1, node.metric("carillon_cluster_majority"), node.name());
            assertEquals(1, node.metric("carillon_cluster_ready"), node.name());
            assertEquals(2, node.metric("carillon_peer_up"), node.name());
            assertEquals(0, node.metric("carillon_forward_unanswered_bytes"), node.name());
            assertEquals(16, node.metric("carillon_shards_held"), node.name());
            assertTrue(node.metric("carillon_shard_term{shard=\"7\"}") >= 1, node.name());
            assertTrue(node.metric("carillon_shard_apply_lag_entries") >= 0, node.name());
            led += node.metric("carillon_shards_elections_won_total");
        }
        assertTrue(led >= 16, "elections won: " + led);
        awaitMetric(node(0), "carillon_routes{wanted=\"elsewhere\"}", 1);
        assertTrue(node(0).metric("carillon_peer_bytes_total{peer=\"node-2\"}") > 0);
    }

    private static void awaitMetric(ClusterNode node, String series, double least) {
        await(node.name() + " counts " + series)
                .atMost(ClusterNode.DEADLINE)
                .until(() -> node.metric(series) >= least);
    }

    private static List<Message> messages(String topic, int qos, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> Message.of(topic, "message " + i, qos))
                .toList();
    }

    private static ClusterNode node(int number) {
        return THREE.node(number);
    }

    private static List<ClusterNode> nodes() {
        return THREE.cluster().nodes();
    }
}
