package io.carillon.clusterit;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.carillon.e2e.broker.Names;
import io.carillon.e2e.client.Message;
import io.carillon.e2e.client.TestClient;
import io.carillon.recovery.Traffic;
import io.carillon.testing.cluster.Cluster;
import io.carillon.testing.cluster.ClusterNode;
import io.carillon.testing.cluster.Loopback;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nodes are added to a cluster that is at work, and taken out of it. */
final class ScaleIT {
    private static final int MESSAGES_PER_SECOND = 50;
    private static final int SOME = 150;

    @TempDir Path folder;

    @AutoClose private final NodeClients clients = new NodeClients();
    private final String topic = Names.topic();

    /**
     * Three become five under traffic, and the new ones serve clients like the others and get their
     * share of the shards; then they leave, are counted no longer, and can't come back.
     */
    @Test
    void threeBecomeFiveAndThreeAgain() throws Exception {
        try (Cluster cluster =
                new Cluster(
                        folder.resolve("scaled"),
                        Stream.generate(Loopback::host).limit(3).toList(),
                        List.of())) {
            try {
                cluster.start();
                Traffic traffic =
                        new Traffic(new LivingNodes(cluster.nodes()), MESSAGES_PER_SECOND);
                traffic.begin();
                traffic.awaitAcknowledgements(SOME);
                for (int i = 0; i < 2; i++) {
                    cluster.add(Loopback.host(), 5).launch();
                }
                cluster.awaitReady();
                messagesPass(cluster.nodes());
                List<ClusterNode> first = cluster.nodes().subList(0, 3);
                List<ClusterNode> added = cluster.nodes().subList(3, 5);
                for (ClusterNode node : added) {
                    await("a share for " + node)
                            .atMost(ClusterNode.DEADLINE)
                            .until(() -> cluster.outputs().contains("gets [" + node.name()));
                }
                traffic.awaitAcknowledgements(SOME);

                added.forEach(node -> node.request("leave", ""));
                added.forEach(node -> node.awaitOutput("may be stopped for good"));
                traffic.awaitAcknowledgements(SOME);
                added.forEach(ClusterNode::terminate);
                first.forEach(node -> node.awaitOutput("the cluster has 3 nodes from now on"));
                first.getFirst().process().kill9();
                traffic.awaitAcknowledgements(SOME);
                first.getFirst().launch();
                first.getFirst().awaitReady();
                traffic.end();
                System.out.println("ScaleIT: " + traffic + ", refused " + traffic.refused());
                traffic.check();

                ClusterNode left = added.getFirst();
                left.launch();
                assertEquals(1, left.process().awaitExit());
                left.awaitOutput("this node has left its cluster for good");
            } catch (Throwable e) {
                System.err.println(cluster.outputs());
                throw e;
            }
        }
    }

    private void messagesPass(List<ClusterNode> nodes) {
        List<TestClient> each = nodes.stream().map(clients::connect).toList();
        each.forEach(client -> client.subscribe(topic, 1));
        for (TestClient publisher : each) {
            Message message = Message.of(topic, "from " + each.indexOf(publisher), 1);
            publisher.publish(message);
            each.forEach(client -> assertEquals(message, client.receive()));
        }
    }
}
