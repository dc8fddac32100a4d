package io.carillon.clusterit;

import io.carillon.e2e.broker.Names;
import io.carillon.testing.cluster.ClusterNode;
import io.carillon.testing.cluster.RunningCluster;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Nodes lose what they have. */
final class NewDisksIT {
    /** More than get other voters at a time, and few, since each node waits for all of them. */
    private static final int SHARDS = 6;

    @RegisterExtension
    static final RunningCluster THREE = RunningCluster.onLoopback(3, "cluster.shards=" + SHARDS);

    @AutoClose private final NodeClients clients = new NodeClients();

    /** Every node loses its disk, one after the other: each is filled again by the others. */
    @Test
    void eachIsFilledByTheOthers() {
        Kept kept = new Kept(THREE.cluster(), clients, Names.topic());
        for (ClusterNode node : THREE.cluster().nodes()) {
            node.process().kill9();
            node.loseDisk();
            node.launch();
            node.awaitReady();
        }
        kept.check();
    }
}
