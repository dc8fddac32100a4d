package io.carillon.clusterit;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.carillon.mqtt.packet.MqttVersion;
import io.carillon.mqtt.packet.ReasonCode;
import io.carillon.testing.ConnectRefused;
import io.carillon.testing.RawClient;
import io.carillon.testing.cluster.Cluster;
import io.carillon.testing.cluster.ClusterNode;
import io.carillon.testing.cluster.Loopback;
import io.carillon.testing.cluster.RunningCluster;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Who becomes a cluster with whom, and when it is one. */
final class FormIT {
    @RegisterExtension static final RunningCluster THREE = RunningCluster.onLoopback(3);

    @TempDir Path folder;

    /** The last of the seeds comes first; alone it serves nobody, with another one it does. */
    @Test
    void nodesComeInAnyOrder() {
        try (Cluster cluster =
                new Cluster(
                        folder.resolve("any-order"),
                        Stream.generate(Loopback::host).limit(3).toList(),
                        List.of())) {
            ClusterNode first = cluster.node(2);
            first.launch();
            first.awaitUnready();
            try (RawClient client = RawClient.ofOneConnection("early", MqttVersion.V5)) {
                ConnectRefused refusal =
                        assertThrows(ConnectRefused.class, () -> client.connect(first.mqtt()));
                assertEquals(ReasonCode.SERVER_UNAVAILABLE, refusal.reason());
            }
            cluster.node(1).launch();
            cluster.node(0).launch(); // a cluster is founded by all of its nodes
            cluster.awaitReady();
        } catch (Throwable e) {
            throw new AssertionError(e.getMessage(), e);
        }
    }

    /** A node that takes the shards for more than they are ends, and both sides say why. */
    @Test
    void anotherNumberOfShardsIsRefused() {
        try (ClusterNode stranger = stranger("sharded", "cluster.shards=32")) {
            stranger.launch();
            assertNotEquals(0, stranger.process().awaitExit());
            awaitText(stranger, "cluster.shards");
            awaitTextAtAnyNode("node sharded ");
        }
    }

    /** A node of another cluster stays alone, and both sides say why. */
    @Test
    void anotherClusterIsNotJoined() {
        try (ClusterNode stranger = stranger("stranger", "cluster.name=another")) {
            stranger.launch();
            String ours = THREE.cluster().name();
            awaitText(stranger, "belongs to the cluster '" + ours + "' and is refused");
            awaitTextAtAnyNode("node stranger at ");
            awaitTextAtAnyNode("belongs to the cluster 'another' and is refused");
            stranger.awaitUnready();
        }
        THREE.cluster().awaitReady();
    }

    private ClusterNode stranger(String name, String setting) {
        return THREE.cluster().stranger(name, Loopback.host(), 3, List.of(setting));
    }

    private static void awaitText(ClusterNode node, String text) {
        await(node.name() + " says " + text)
                .atMost(ClusterNode.DEADLINE)
                .failFast(
                        () -> {
                            if (!node.isAlive() && !node.output().contains(text)) {
                                throw new AssertionError(node + " has ended:\n" + node.output());
                            }
                        })
                .until(() -> node.output().contains(text));
    }

    private static void awaitTextAtAnyNode(String text) {
        await("a node says " + text)
                .atMost(ClusterNode.DEADLINE)
                .until(
                        () ->
                                THREE.cluster().nodes().stream()
                                        .anyMatch(node -> node.output().contains(text)));
    }
}
