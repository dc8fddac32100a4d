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
import io.carillon.testing.cluster.RunningCluster;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A node that dies or freezes costs a moment, and nothing that was acknowledged. {@code
 * -Dcarillon.cluster.rounds} has every node killed more often.
 */
final class FailoverIT {
    private static final int MESSAGES_PER_SECOND = 100;
    private static final int SOME = 300;
    private static final int ROUNDS = Integer.getInteger("carillon.cluster.rounds", 1);

    @RegisterExtension static final RunningCluster THREE = RunningCluster.onLoopback(3);

    @AutoClose private final NodeClients clients = new NodeClients();
    private final String topic = Names.topic();

    /** Each node in turn is killed in the middle of traffic, and comes back. */
    @Test
    void nothingAcknowledgedIsLostWithANode() throws Exception {
        Cluster cluster = THREE.cluster();
        Traffic traffic = new Traffic(new LivingNodes(cluster.nodes()), MESSAGES_PER_SECOND);
        traffic.begin();
        for (int kill = 0; kill < ROUNDS * cluster.nodes().size(); kill++) {
            ClusterNode node = cluster.node(kill % cluster.nodes().size());
            traffic.awaitAcknowledgements(SOME);
            node.process().kill9();
            traffic.awaitAcknowledgements(SOME);
            node.launch();
            node.awaitReady();
        }
        traffic.end();
        System.out.println("FailoverIT: " + traffic + ", refused " + traffic.refused());
        traffic.check();
    }

    /** Every session whose client was connected to the dead node is served within the promise. */
    @Test
    void sessionsAreServedAgainWithinFiveSeconds() {
        Sessions sessions = Sessions.connect(48, THREE.node(0), topic);
        THREE.node(0).process().kill9();
        Duration longest = sessions.comeBack(THREE.cluster().others(THREE.node(0)));
        System.out.println("FailoverIT: the last session was served after " + longest);
        assertTrue(longest.compareTo(Duration.ofSeconds(5)) <= 0, longest::toString);
    }

    /** Wills of clients of a dead node are published, those of both kinds of sessions. */
    @Test
    void willsOfADeadNodeArePublished() {
        TestClient watcher = clients.connect(THREE.node(0));
        watcher.subscribe(topic + "/+", 1);
        Set<Message> wills = new HashSet<>();
        for (int i = 0; i < 10; i++) {
            String id = Names.clientId();
            ClientOptions options =
                    i % 2 == 0
                            ? ClientOptions.durableSession(id)
                            : ClientOptions.transientSession(id);
            Message will = Message.of(topic + "/" + i, "gone", 1);
            clients.connect(THREE.node(2), options.withWill(will));
            wills.add(will);
        }
        THREE.node(2).process().kill9();
        assertEquals(wills, Set.copyOf(watcher.receive(wills.size())));
    }

    /** A frozen node holds nobody up for long, and does no harm when it goes on. */
    @Test
    void aPausedNodeIsDoneWithout() throws Exception {
        ClusterNode frozen = THREE.node(1);
        List<ClusterNode> others = THREE.cluster().others(frozen);
        Traffic traffic = new Traffic(new LivingNodes(others), MESSAGES_PER_SECOND);
        traffic.begin();
        traffic.awaitAcknowledgements(SOME);
        frozen.process().pause();
        try {
            for (int i = 0; i < 5; i++) {
                traffic.awaitAcknowledgements(SOME);
            }
            others.forEach(ClusterNode::awaitReady);
        } finally {
            frozen.process().resume();
        }
        frozen.awaitReady();
        traffic.awaitAcknowledgements(SOME);
        traffic.end();
        System.out.println("FailoverIT, paused: " + traffic + ", refused " + traffic.refused());
        traffic.check();
    }
}
