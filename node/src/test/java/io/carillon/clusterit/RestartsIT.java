package io.carillon.clusterit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.carillon.e2e.broker.Names;
import io.carillon.e2e.client.ClientOptions;
import io.carillon.e2e.client.Message;
import io.carillon.e2e.client.TestClient;
import io.carillon.recovery.Traffic;
import io.carillon.testing.cluster.Cluster;
import io.carillon.testing.cluster.ClusterNode;
import io.carillon.testing.cluster.Loopback;
import io.carillon.testing.cluster.RunningCluster;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Nodes are stopped and started: one after the other, all at once, elsewhere, on new disks. */
final class RestartsIT {
    private static final int MESSAGES_PER_SECOND = 100;
    private static final int SOME = 300;

    @RegisterExtension static final RunningCluster THREE = RunningCluster.onLoopback(3);

    @AutoClose private final NodeClients clients = new NodeClients();
    private final String topic = Names.topic();

    /** A rolling restart under traffic loses nothing. */
    @Test
    void oneAfterTheOther() throws Exception {
        Cluster cluster = THREE.cluster();
        Traffic traffic = new Traffic(new LivingNodes(cluster.nodes()), MESSAGES_PER_SECOND);
        traffic.begin();
        for (ClusterNode node : cluster.nodes()) {
            traffic.awaitAcknowledgements(SOME);
            node.terminate();
            traffic.awaitAcknowledgements(SOME);
            node.launch();
            node.awaitReady();
        }
        traffic.end();
        System.out.println("RestartsIT: " + traffic + ", refused " + traffic.refused());
        traffic.check();
    }

    /** All nodes are killed in the middle of traffic and start from their disks at once. */
    @Test
    void allAtOnce() throws Exception {
        Cluster cluster = THREE.cluster();
        Traffic traffic = new Traffic(new LivingNodes(cluster.nodes()), MESSAGES_PER_SECOND);
        traffic.begin();
        traffic.awaitAcknowledgements(SOME);
        cluster.nodes().forEach(node -> node.process().kill9());
        cluster.start();
        traffic.awaitAcknowledgements(SOME);
        traffic.end();
        System.out.println("RestartsIT, all: " + traffic + ", refused " + traffic.refused());
        traffic.check();
    }

    /** Every node loses its disk, one after the other: each is filled again by the others. */
    @Test
    void onNewDisks() {
        Kept kept = new Kept();
        for (ClusterNode node : THREE.cluster().nodes()) {
            node.process().kill9();
            node.loseDisk();
            node.launch();
            node.awaitReady();
        }
        kept.check();
    }

    /** A node that comes back at another address is the same one. */
    @Test
    void atAnotherAddress() {
        Kept kept = new Kept();
        ClusterNode node = THREE.node(2);
        node.terminate();
        node.moveTo(Loopback.host());
        node.launch();
        node.awaitReady();
        kept.check();
        TestClient moved = clients.connect(node);
        moved.subscribe(topic + "/moved", 1);
        clients.connect(THREE.node(0)).publish(Message.of(topic + "/moved", "reached", 1));
        assertEquals(Message.of(topic + "/moved", "reached", 1), moved.receive());
    }

    /** Sessions with queues and retained messages, enough to be in all shards. */
    private final class Kept {
        private static final int COUNT = 40;
        private final List<String> ids =
                IntStream.range(0, COUNT).mapToObj(_ -> Names.clientId()).toList();
        private final Set<Message> retained =
                IntStream.range(0, COUNT)
                        .mapToObj(i -> Message.retained(topic + "/kept/" + i, "value " + i, 1))
                        .collect(Collectors.toSet());
        private final Message queued = Message.of(topic + "/queue", "queued", 2);

        Kept() {
            for (String id : ids) {
                TestClient client =
                        clients.connect(THREE.node(0), ClientOptions.durableSession(id));
                client.subscribe(topic + "/queue", 2);
                client.disconnect();
            }
            TestClient publisher = clients.connect(THREE.node(1));
            retained.forEach(publisher::publish);
            publisher.publish(queued);
            publisher.disconnect();
        }

        void check() {
            TestClient reader = clients.connect(THREE.node(0));
            reader.subscribe(topic + "/kept/+", 1);
            assertEquals(retained, Set.copyOf(reader.receive(COUNT)));
            for (String id : ids) {
                TestClient client = clients.open(THREE.node(1), ClientOptions.durableSession(id));
                assertTrue(client.connect(), id);
                assertEquals(queued, client.receive());
                client.disconnect();
            }
        }
    }
}
