package io.carillon.clusterit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.carillon.e2e.broker.Names;
import io.carillon.e2e.client.Message;
import io.carillon.e2e.client.TestClient;
import io.carillon.recovery.Traffic;
import io.carillon.testing.cluster.Cluster;
import io.carillon.testing.cluster.ClusterNode;
import io.carillon.testing.cluster.Loopback;
import io.carillon.testing.cluster.RunningCluster;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Nodes are stopped and started: one after the other, all at once, elsewhere. */
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

    /** A node that comes back at another address is the same one. */
    @Test
    void atAnotherAddress() {
        Kept kept = new Kept(THREE.cluster(), clients, topic);
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
}
