package io.carillon.peers.session;

import io.carillon.cluster.Epoch;
import io.carillon.cluster.NodeId;
import io.carillon.loop.ManualClock;
import io.carillon.loop.ManualLoop;
import io.carillon.peers.PeerCodec;
import io.carillon.peers.PeerMessage;
import io.carillon.peers.Peers;
import io.carillon.peers.SessionMessage;
import io.carillon.peers.ShardLeaders;
import io.carillon.peers.UnreadableMessage;
import io.carillon.session.QueueLimits;
import io.carillon.shard.Announcements;
import io.carillon.shard.ShardMetrics;
import io.carillon.shard.ShardSettings;
import io.carillon.shard.Shards;
import io.carillon.topic.TopicTrie;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** One node of a {@link TestCluster}: its shards, its sessions, its ways to the others. */
final class TestNode {
    static final long CONNECT_MILLIS = 3_000;
    static final long REATTACH_MILLIS = 5_000;
    static final int INFLIGHT_MAX = 8;

    private static final long NUMBERS = 1L << 32;

    /** Far enough apart that no connection has the number of another. */
    private static final AtomicLong FIRST = new AtomicLong();

    final NodeId id;
    final ManualLoop cluster;
    final ManualLoop shardLoop;
    final ManualLoop io;
    final TopicTrie trie = new TopicTrie();
    final ShardMetrics metrics = new ShardMetrics();
    final Leaders leaders;
    final TestDispatch dispatch;
    final Shards shards;
    final ClusterSessions sessions;
    private final TestCluster all;
    private final Replicas.Log log;
    private final Map<NodeId, Queue<byte[]>> sent = new HashMap<>();
    private final long firstNumber = FIRST.getAndAdd(NUMBERS);
    private boolean alive = true;

    /** Whether messages to others are refused, as if too much waited. */
    boolean refuses;

    TestNode(TestCluster all, String name, ManualClock clock, List<Replicas> replicas) {
        this.all = all;
        this.id = new NodeId(name);
        this.cluster = new ManualLoop(name + "-cluster", clock);
        this.shardLoop = new ManualLoop(name + "-shards", clock);
        this.io = new ManualLoop(name + "-io", clock);
        this.log = new Replicas.Log(this, replicas);
        this.leaders = new Leaders(replicas.size());
        this.dispatch = new TestDispatch(this, replicas);
        ShardSettings settings =
                new ShardSettings(
                        new QueueLimits(10_000, 1 << 24, false, INFLIGHT_MAX),
                        true,
                        1_000,
                        1_000,
                        1 << 20,
                        100_000,
                        REATTACH_MILLIS);
        this.shards =
                Shards.of(
                        replicas.size(),
                        List.of(shardLoop),
                        1,
                        log,
                        shard -> replicas.get(shard).view(),
                        trie,
                        new Members(),
                        () -> dispatch,
                        null,
                        clock,
                        settings,
                        metrics);
        var opened = shards.open();
        shardLoop.runUntilIdle();
        opened.join();
        shards.begin();
        this.sessions =
                new ClusterSessions(
                        new Ways(), leaders, shards, cluster, CONNECT_MILLIS, firstNumber);
    }

    Replicas.Log log() {
        return log;
    }

    boolean isAlive() {
        return alive;
    }

    void kill() {
        alive = false;
        sent.clear();
    }

    List<ManualLoop> loops() {
        return List.of(cluster, shardLoop, io);
    }

    /** Who leads a shard, as far as this node knows. */
    @Nullable TestNode leader(int shard) {
        NodeId known = leaders.leader(shard);
        return all.nodes.stream().filter(each -> each.id.equals(known)).findFirst().orElse(null);
    }

    /** This node hears who leads a shard, if it is alive. */
    void hear(int shard, @Nullable NodeId leader) {
        cluster.execute(
                () -> {
                    leaders.set(shard, leader);
                    if (leader != null) {
                        dispatch.again(shard);
                    }
                });
    }

    /** Delivers the oldest message to another node; false if there is none. */
    boolean deliver(TestNode to) {
        Queue<byte[]> queue = sent.get(to.id);
        byte[] bytes = queue == null ? null : queue.poll();
        if (bytes == null) {
            return false;
        }
        to.cluster.execute(() -> to.received(id, bytes));
        return true;
    }

    /** What was under way to that node is lost. */
    void forget(TestNode gone) {
        sent.remove(gone.id);
    }

    private void received(NodeId from, byte[] bytes) {
        try {
            sessions.received(from, (SessionMessage) PeerCodec.decode(bytes));
        } catch (UnreadableMessage e) {
            throw new IllegalStateException(e);
        }
    }

    /** True if this node has made the connection of that number. */
    private boolean hasMade(long connection) {
        return connection >= firstNumber && connection - firstNumber < NUMBERS;
    }

    /** What the shards hear of other nodes. */
    private final class Members implements Announcements {
        @Override
        public void lead(int shard, Epoch epoch) {}

        @Override
        public void restored(int shard) {}

        @Override
        public void resign(int shard, Runnable then) {
            then.run();
        }

        @Override
        public void await(int shard, Runnable task) {
            task.run();
        }

        @Override
        public boolean isThere(long connection) {
            return all.nodes.stream().anyMatch(each -> each.hasMade(connection));
        }
    }

    private final class Ways implements Peers {
        @Override
        public NodeId self() {
            return id;
        }

        @Override
        public boolean isThere(NodeId node) {
            return node.equals(id) || all.knows(TestNode.this, node);
        }

        @Override
        public boolean tell(NodeId to, PeerMessage message) {
            cluster.assertInside();
            if (refuses || !all.knows(TestNode.this, to)) {
                return false;
            }
            sent.computeIfAbsent(to, _ -> new ArrayDeque<>()).add(PeerCodec.encode(message));
            return true;
        }

        @Override
        public void tellOnce(NodeId to, PeerMessage message) {
            tell(to, message);
        }

        @Override
        public CompletableFuture<PeerMessage> ask(
                NodeId to, PeerMessage question, long timeoutMillis) {
            throw new AssertionError("sessions are told, never asked: " + question);
        }
    }

    /** Who leads, as far as the test has told this node. */
    static final class Leaders implements ShardLeaders {
        private final @Nullable NodeId[] known;
        private final List<Listener> listeners = new ArrayList<>();

        Leaders(int count) {
            known = new NodeId[count];
        }

        @Override
        public int count() {
            return known.length;
        }

        @Override
        public @Nullable NodeId leader(int shard) {
            return known[shard];
        }

        @Override
        public void listen(Listener listener) {
            listeners.add(listener);
        }

        /** On the cluster loop. */
        void set(int shard, @Nullable NodeId leader) {
            known[shard] = leader;
            listeners.forEach(each -> each.changed(shard, leader));
        }
    }
}
