package io.carillon.clusterit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.carillon.e2e.broker.Names;
import io.carillon.e2e.client.Message;
import io.carillon.e2e.client.TestClient;
import io.carillon.testing.cluster.Cluster;
import io.carillon.testing.cluster.ClusterNode;
import io.carillon.testing.cluster.Loopback;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two of three nodes are gone for good: the third goes on with what it has. */
final class RecoveryIT {
    private static final int COUNT = 40;

    @TempDir Path folder;

    @AutoClose private final NodeClients clients = new NodeClients();
    private final String topic = Names.topic();
    private final Set<Message> retained =
            IntStream.range(0, COUNT)
                    .mapToObj(i -> Message.retained(topic + "/" + i, "value " + i, 1))
                    .collect(Collectors.toSet());

    @Test
    void oneGoesOnAloneAndIsJoinedByNewOnes() {
        try (Cluster cluster =
                new Cluster(
                        folder.resolve("recovered"),
                        Stream.generate(Loopback::host).limit(3).toList(),
                        List.of())) {
            try {
                cluster.start();
                TestClient publisher = clients.connect(cluster.node(0));
                retained.forEach(publisher::publish);
                publisher.disconnect();
                recover(cluster);
            } catch (Throwable e) {
                System.err.println(cluster.outputs());
                throw e;
            }
        }
    }

    private void recover(Cluster cluster) {
        ClusterNode last = cluster.node(2);
        List<ClusterNode> gone = cluster.others(last);
        // Each hands on what it leads, so that the last one has it all.
        gone.forEach(ClusterNode::terminate);
        gone.forEach(ClusterNode::loseDisk);

        AssertionError runs =
                assertThrows(
                        AssertionError.class,
                        () -> last.command("--recover-alone", "node-1,node-2", "--yes"));
        assertTrue(runs.getMessage().contains("nothing is recovered"), runs.getMessage());
        last.process().kill9();
        AssertionError dry =
                assertThrows(
                        AssertionError.class,
                        () -> last.command("--recover-alone", "node-1,node-2"));
        assertTrue(dry.getMessage().contains("NOTHING HAS BEEN CHANGED"), dry.getMessage());
        String done = last.command("--recover-alone", "node-1,node-2", "--yes");
        assertTrue(done.contains("DONE: 16 shards go on"), done);

        last.launch();
        last.awaitReady();
        assertEquals(retained, readAt(last));

        last.withdraw("gone");
        for (ClusterNode node : gone) {
            node.launch();
            node.awaitReady();
            assertEquals(retained, readAt(node));
        }
    }

    private Set<Message> readAt(ClusterNode node) {
        TestClient reader = clients.connect(node);
        reader.subscribe(topic + "/+", 1);
        Set<Message> found = Set.copyOf(reader.receive(COUNT));
        reader.disconnect();
        return found;
    }
}
