package io.carillon.clusterit;

import static org.awaitility.Awaitility.await;

import io.carillon.recovery.Place;
import io.carillon.testing.cluster.ClusterNode;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Some nodes, tried in turn; those that do not run are passed over. Any thread. */
final class LivingNodes implements Place {
    private final List<ClusterNode> nodes;
    private final AtomicInteger turn = new AtomicInteger();

    LivingNodes(List<ClusterNode> nodes) {
        this.nodes = nodes;
    }

    @Override
    public InetSocketAddress next() {
        await("a node runs")
                .atMost(ClusterNode.DEADLINE)
                .until(() -> nodes.stream().anyMatch(ClusterNode::isAlive));
        for (int i = 0; i < nodes.size(); i++) {
            ClusterNode node = nodes.get(Math.floorMod(turn.getAndIncrement(), nodes.size()));
            if (node.isAlive()) {
                return node.mqtt();
            }
        }
        // It has died just now: whoever tries it is refused and asks again.
        return nodes.getFirst().mqtt();
    }

    /** Shards without a leader refuse until there is one. */
    @Override
    public boolean mayRefuse() {
        return true;
    }
}
