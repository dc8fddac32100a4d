package io.carillon.cluster.replication.raft;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.carillon.cluster.Epoch;
import io.carillon.cluster.NodeId;
import io.carillon.cluster.ShardId;
import io.carillon.cluster.Voter;
import io.carillon.cluster.replication.AppendRefused;
import io.carillon.cluster.replication.KeyRange;
import io.carillon.cluster.replication.ShardMachine;
import io.carillon.cluster.replication.SyncPolicy;
import io.carillon.loop.ManualClock;
import io.carillon.loop.ManualLoop;
import io.carillon.storage.Batch;
import io.carillon.storage.Space;
import io.carillon.storage.memory.MemoryStore;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Nodes with one shard in one thread and on a network that works, unless a test says otherwise. */
final class Trio {
    static final ShardId SHARD = new ShardId(0);
    static final Space SPACE = new Space("state");

    /** Where records go that begin with "new". */
    static final Space LATER = new Space("of-later");

    final ManualClock clock = new ManualClock(0);
    final List<Node> nodes = new ArrayList<>();
    final Set<Integer> silent = new HashSet<>();
    private final RaftSettings settings;
    private final Generation first;

    private final int voters;

    Trio(int size, RaftSettings settings) {
        this(size, size, settings);
    }

    /** With spare nodes, which have no replica at first. */
    Trio(int size, int voters, RaftSettings settings) {
        this.settings = settings;
        this.voters = voters;
        for (int i = 0; i < size; i++) {
            nodes.add(new Node(i));
        }
        this.first = generation();
        nodes.forEach(Node::boot);
        nodes.forEach(Node::open);
    }

    static RaftSettings settings() {
        return RaftSettings.of(new SyncPolicy.Always());
    }

    /** The first one. */
    Generation generation() {
        return new Generation(1, voters(nodes.subList(0, voters)));
    }

    static List<Voter> voters(List<Node> nodes) {
        return nodes.stream().map(node -> new Voter(node.id, node.log.disk())).toList();
    }

    /** Lets time pass. */
    void pass(long millis) {
        for (long i = 0; i < millis; i++) {
            rest();
            clock.advanceMillis(1);
        }
        rest();
    }

    private void rest() {
        boolean more = true;
        while (more) {
            more = false;
            for (Node node : nodes) {
                more |= node.up && node.run();
            }
        }
    }

    /** The node that leads, once one does. */
    Node leader() {
        for (int i = 0; i < 10_000; i++) {
            for (Node node : nodes) {
                if (node.up && node.epoch != null) {
                    return node;
                }
            }
            pass(1);
        }
        throw new AssertionError("nobody leads");
    }

    Node other(Node than) {
        return nodes.stream().filter(node -> !node.equals(than)).findFirst().orElseThrow();
    }

    /** A node; its machine writes each record as a key. */
    final class Node implements ShardMachine<String>, LeaderListener {
        final int number;
        final NodeId id;
        final List<String> events = new ArrayList<>();
        final List<String> hints = new ArrayList<>();
        MemoryStore store = new MemoryStore(List.of(RaftLog.SPACE, SPACE, LATER));
        ManualLoop loop;
        ManualLoop committer;
        RaftLog<String> log;
        boolean diskHangs;
        boolean up = true;
        boolean seated;
        int committed;
        int framesOut;
        int seed;
        Runnable whenCommitted = () -> {};
        @Nullable Epoch epoch;

        Node(int number) {
            this.number = number;
            this.seed = number;
            this.id = new NodeId("n" + number);
            this.loop = new ManualLoop("shard-" + number, clock);
            this.committer = new ManualLoop("log-" + number, clock);
            this.log = newLog();
        }

        private RaftLog<String> newLog() {
            RaftHost host = new RaftHost(id, store, this::send, clock, committer, seed);
            return RaftLog.on(host, settings, this);
        }

        void boot() {
            up = true;
        }

        void open() {
            log.place(SHARD, first);
            seated = log.holds(SHARD);
            if (seated) {
                loop.execute(() -> log.open(SHARD, loop, this));
                loop.runUntilIdle();
            }
        }

        /** Comes back with an empty disk. */
        void replaceDisk() {
            seed += 1_000;
            store = new MemoryStore(List.of(RaftLog.SPACE, SPACE, LATER));
            restart();
        }

        /** Comes back with what the disk had. */
        void restart() {
            store = store.crash();
            loop = new ManualLoop("shard-" + number, clock);
            committer = new ManualLoop("log-" + number, clock);
            epoch = null;
            log = newLog();
            up = true;
            open();
        }

        private void send(NodeId to, ShardId shard, long generation, byte[] frame) {
            framesOut++;
            Node target = nodes.get(Integer.parseInt(to.name().substring(1)));
            if (target.up && !silent.contains(number) && !silent.contains(target.number)) {
                target.log.received(id, shard, generation, frame);
            }
        }

        boolean run() {
            boolean ran = loop.runTurn();
            while (!diskHangs && committer.runTurn()) {
                ran = true;
            }
            return ran;
        }

        /** Appends in one turn. */
        void append(String... records) {
            loop.execute(
                    () -> {
                        for (String record : records) {
                            try {
                                log.append(SHARD, epoch == null ? new Epoch(0, 0) : epoch, record);
                            } catch (AppendRefused e) {
                                events.add("refused: " + e.reason());
                            }
                        }
                    });
            loop.runOne();
            loop.endTurn();
        }

        /** Whether it reads the record as a leader does. */
        boolean reads(String record) {
            boolean[] there = new boolean[1];
            loop.execute(
                    () -> there[0] = log.view(SHARD).get(SPACE, record.getBytes(UTF_8)) != null);
            while (loop.runOne()) {}
            return there[0];
        }

        boolean has(String record) {
            return store.get(SPACE, record.getBytes(UTF_8)) != null;
        }

        @Override
        public void lead(Epoch newEpoch) {
            epoch = newEpoch;
            events.add("lead");
        }

        @Override
        public void follow(String reason) {
            epoch = null;
            events.add("follow: " + reason);
        }

        @Override
        public void leads(ShardId shard, Epoch newEpoch, List<Voter> voters, Set<NodeId> inSync) {
            if (!newEpoch.equals(epoch)) {
                throw new AssertionError("told before the machine");
            }
            hints.add("leads with " + new TreeSet<>(inSync));
        }

        @Override
        public void follows(
                ShardId shard, Epoch newEpoch, @Nullable NodeId leader, List<Voter> voters) {
            hints.add("follows " + leader);
        }

        @Override
        public void seated(ShardId shard, Generation generation) {
            if (!seated) {
                seated = true;
                loop.execute(() -> log.open(SHARD, loop, this));
            }
        }

        @Override
        public void unseated(ShardId shard, Generation generation) {
            seated = false;
            events.add("unseated");
        }

        @Override
        public void apply(String record, Batch batch) {
            batch.put(SPACE, record.getBytes(UTF_8), new byte[] {1});
            if (record.startsWith("new")) {
                batch.put(LATER, record.getBytes(UTF_8), new byte[] {1});
            }
            if (record.startsWith("half")) {
                throw new IllegalStateException("can't apply " + record);
            }
        }

        @Override
        public void committed(int count) {
            committed += count;
            whenCommitted.run();
            events.add("committed " + count);
        }

        @Override
        public List<KeyRange> ranges() {
            return List.of(new KeyRange(SPACE, new byte[0], new byte[] {(byte) 255}));
        }
    }
}
