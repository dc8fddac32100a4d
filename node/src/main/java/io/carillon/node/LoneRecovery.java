package io.carillon.node;

import io.carillon.cluster.NodeId;
import io.carillon.cluster.ShardId;
import io.carillon.cluster.Voter;
import io.carillon.cluster.replication.raft.RaftLog;
import io.carillon.cluster.replication.raft.StoredReplica;
import io.carillon.config.CarillonConfig;
import io.carillon.node.cluster.Requests;
import io.carillon.storage.Store;
import io.carillon.storage.rocks.RocksStore;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Goes on alone with those shards of a stopped node of which the majority of the replicas is gone
 * for good. What only the others had is lost, so it says first what it would do. Also asks the
 * cluster, for when the node runs again, to count the others as gone.
 */
final class LoneRecovery {
    private final CarillonConfig config;
    private final NodeId self;
    private final Set<NodeId> gone;
    private final PrintStream out;

    /**
     * A recovery that is to be run.
     *
     * @param gone names of the nodes that will never come back
     * @throws StartException if these can't be
     */
    LoneRecovery(CarillonConfig config, List<String> gone, PrintStream out) throws StartException {
        this.config = config;
        this.self = new NodeId(config.node().name());
        this.gone = nodes(gone);
        this.out = out;
        if (!config.cluster().enabled()) {
            throw new StartException("cluster.enabled is false: a node on its own has no others");
        }
        if (this.gone.contains(self)) {
            throw new StartException(
                    "node " + self + " is this one: run the command on a node that is left");
        }
    }

    private static Set<NodeId> nodes(List<String> names) throws StartException {
        try {
            return names.stream()
                    .map(name -> new NodeId(name.strip()))
                    .collect(Collectors.toCollection(TreeSet::new));
        } catch (IllegalArgumentException e) {
            throw new StartException("--recover-alone: " + e.getMessage());
        }
    }

    /**
     * Does it, or only says what there is to do. Blocks.
     *
     * @return the exit status: 0 if all is done that is to be done
     * @throws StartException if it can't be
     * @throws io.carillon.storage.StorageException if the data directory can't be used: the node
     *     runs, say
     */
    int run(boolean yes) throws StartException {
        Requests requests = new Requests(config.node().dataDir());
        if (!requests.isUsed()) {
            throw new StartException(
                    "there is no data in " + config.node().dataDir() + " (node.dataDir)");
        }
        try (Store store =
                RocksStore.open(
                        config.node().dataDir(), Broker.spaces(), Limits.store(config.storage()))) {
            NodeRecord.check(store, config.cluster().shards());
            List<ShardId> lost = look(store);
            if (!yes) {
                out.println(
                        lost.isEmpty()
                                ? "Nothing has to be recovered on this node."
                                : "NOTHING HAS BEEN CHANGED. Add --yes to do it.");
                return lost.isEmpty() ? 0 : 1;
            }
            for (ShardId shard : lost) {
                RaftLog.recoverAlone(store, self, shard);
            }
            requests.addGone(gone);
            out.println(
                    "DONE: "
                            + lost.size()
                            + " shards go on from what this node has. Start the node now; it tells"
                            + " the others by "
                            + requests.goneFile()
                            + " who is gone.");
            return 0;
        } catch (IllegalStateException e) {
            throw new StartException(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw new StartException(e.toString());
        }
    }

    /** The shards that are to go on here; says of each what is known. */
    private List<ShardId> look(Store store) {
        List<ShardId> lost = new ArrayList<>();
        int others = 0;
        for (int i = 0; i < config.cluster().shards(); i++) {
            StoredReplica replica = StoredReplica.read(store, self, new ShardId(i));
            if (replica == null || hasMajority(replica)) {
                others++;
            } else if (tell(replica)) {
                lost.add(replica.shard());
            }
        }
        out.println(
                others
                        + " shards are left alone: they have no replica here, or a majority without "
                        + names(gone.stream()));
        if (!lost.isEmpty()) {
            out.println(
                    "WHAT WAS ACKNOWLEDGED AND IS ONLY ON THOSE NODES IS LOST for "
                            + lost.size()
                            + " shards: sessions, queued and retained messages, and that they were"
                            + " delivered. Nodes named here must never run again with the data"
                            + " that they had.");
        }
        return lost;
    }

    private boolean hasMajority(StoredReplica replica) {
        long living = living(replica).count();
        return 2 * living > replica.generation().voters().size();
    }

    private boolean tell(StoredReplica replica) {
        Stream<NodeId> voters = replica.generation().voters().stream().map(Voter::node);
        String what =
                replica.shard()
                        + ", generation "
                        + replica.generation().number()
                        + " on "
                        + names(voters);
        if (replica.unusable() != null) {
            out.println(what + ": CAN'T GO ON HERE, " + replica.unusable());
            return false;
        }
        out.println(what + ": goes on from entry " + replica.lastIndex() + " here");
        List<NodeId> rivals = living(replica).filter(node -> !node.equals(self)).toList();
        if (!rivals.isEmpty()) {
            out.println(
                    "    "
                            + names(rivals.stream())
                            + " may have it too: RECOVER IT ON ONE NODE ONLY, the one whose last"
                            + " entry is higher");
        }
        return true;
    }

    private Stream<NodeId> living(StoredReplica replica) {
        return replica.generation().voters().stream()
                .map(Voter::node)
                .filter(node -> !gone.contains(node));
    }

    private static String names(Stream<NodeId> nodes) {
        return nodes.map(NodeId::name).collect(Collectors.joining(", "));
    }
}
