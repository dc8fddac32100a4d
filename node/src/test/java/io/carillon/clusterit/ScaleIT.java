package io.carillon.clusterit;

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

/** Nodes are added to a cluster that is at work. */
final class ScaleIT {
    private static final int MESSAGES_PER_SECOND = 50;
    private static final int SOME = 150;

    @TempDir Path folder;

    @AutoClose private final NodeClients clients = new NodeClients();
    private final String topic = Names.topic();

    /** Three become five under traffic; the new ones serve clients like the others. */
    @Test
    void threeBecomeFive() throws Exception {
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
                traffic.awaitAcknowledgements(SOME);
                traffic.end();
                traffic.check();
                messagesPass(cluster.nodes());
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
