package io.carillon.peers.session;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.carillon.cluster.NodeId;
import io.carillon.loop.ManualClock;
import io.carillon.loop.ManualLoop;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Some nodes with replicated shards, on one thread. */
final class TestCluster {
    final ManualClock clock = new ManualClock(1_000_000_000_000L);
    final List<Replicas> shards = new ArrayList<>();
    final List<TestNode> nodes = new ArrayList<>();

    private TestCluster(int shardCount) {
        for (int i = 0; i < shardCount; i++) {
            shards.add(new Replicas(i));
        }
    }

    /** Nodes of which the first leads all shards. */
    static TestCluster of(int nodeCount, int shardCount) {
        TestCluster cluster = new TestCluster(shardCount);
        for (int i = 0; i < nodeCount; i++) {
            cluster.start("n" + i);
        }
        for (int shard = 0; shard < shardCount; shard++) {
            cluster.elect(shard, cluster.nodes.getFirst());
        }
        cluster.run();
        return cluster;
    }

    TestNode start(String name) {
        TestNode node = new TestNode(this, name, clock, shards);
        nodes.add(node);
        for (int shard = 0; shard < shards.size(); shard++) {
            TestNode leader = shards.get(shard).leader();
            int number = shard;
            if (leader != null) {
                node.hear(number, leader.id);
            }
        }
        return node;
    }

    boolean knows(TestNode from, NodeId to) {
        return !from.id.equals(to) && nodes.stream().anyMatch(each -> each.id.equals(to));
    }

    /**
     * A node leads a shard from here on, and all hear of it. What waits at that node runs before.
     */
    void elect(int shard, TestNode node) {
        node.shardLoop.execute(
                () -> {
                    if (node.isAlive() && shards.get(shard).leader() == null) {
                        shards.get(shard).lead(node);
                        tell(shard, node.id);
                    }
                });
    }

    void tell(int shard, @Nullable NodeId leader) {
        nodes.forEach(each -> each.hear(shard, leader));
    }

    /** The leader of a shard loses it; so much of what is not committed comes to be. */
    void depose(int shard, int kept) {
        TestNode leader = shards.get(shard).leader();
        if (leader != null) {
            leader.shardLoop.execute(() -> shards.get(shard).lose(kept));
            leader.shardLoop.runUntilIdle();
        }
    }

    /** A node is gone, with all that it had not told. The others hear of it. */
    void kill(TestNode node) {
        node.kill();
        nodes.remove(node);
        for (int shard = 0; shard < shards.size(); shard++) {
            if (node.equals(shards.get(shard).leader())) {
                shards.get(shard).lose(0);
            }
        }
        for (TestNode each : nodes) {
            each.forget(node);
            each.cluster.execute(() -> each.sessions.detachNode(node.id));
        }
    }

    /** Runs everything until it rests; what is appended is committed. */
    void run() {
        boolean busy = true;
        while (busy) {
            busy = runWithoutCommit();
            for (Replicas shard : shards) {
                TestNode leader = shard.leader();
                if (leader != null && shard.pending() > 0) {
                    leader.shardLoop.execute(() -> shard.commit(Integer.MAX_VALUE));
                    busy = true;
                }
            }
        }
    }

    /** Runs everything until it rests; true if anything ran. */
    boolean runWithoutCommit() {
        boolean ran = false;
        for (boolean busy = true; busy; ran |= busy) {
            busy = false;
            for (TestNode node : nodes) {
                for (ManualLoop loop : node.loops()) {
                    busy |= loop.runTurn();
                }
                for (TestNode other : nodes) {
                    busy |= node.deliver(other);
                }
                for (int shard = 0; shard < shards.size(); shard++) {
                    busy |= node.dispatch.deliver(shard);
                }
            }
        }
        return ran;
    }

    void advanceMillis(long millis) {
        run();
        for (long left = millis; left > 0; left -= 50) {
            clock.advanceMillis(Math.min(left, 50));
            run();
        }
    }

    void assertHealthy() {
        for (TestNode node : nodes) {
            node.loops().forEach(loop -> assertEquals(0, loop.failures(), loop.name()));
        }
    }
}
