package io.carillon.cluster.replication.raft;

import io.carillon.cluster.Epoch;
import io.carillon.cluster.NodeId;
import io.carillon.cluster.ShardId;
import io.carillon.cluster.Voter;
import io.carillon.cluster.replication.SyncPolicy;
import io.carillon.loop.ManualClock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;

/**
 * A cluster in one thread, all of whose chances come from a seed: nodes crash and lose what their
 * disks had not synced, the network loses, delays, repeats and reorders, links work in one
 * direction only, disks are replaced, shards move to other nodes. Checks what was promised while it
 * goes and at the end.
 */
final class Simulation {
    static final int NODES = 5;
    static final int SHARDS = 2;

    private static final int CHAOS_FROM_MILLIS = 3_000;
    private static final int SETTLE_MILLIS = 16_000;

    private final Random random;
    private final boolean safe;
    private final ManualClock clock = new ManualClock(0);
    private final PriorityQueue<Event> events = new PriorityQueue<>();
    private final List<NodeUnderTest> nodes = new ArrayList<>();
    private final boolean[][] cut = new boolean[NODES][NODES];
    private final List<Set<Long>> acknowledged = new ArrayList<>();
    private final Map<String, Integer> leaders = new HashMap<>();
    private final List<String> bad = new ArrayList<>();
    private final List<Generation> charter = new ArrayList<>();
    private final Reseats reseats;
    private boolean chaos = true;
    private boolean load = true;
    private long eventOrder;
    private long operations;
    private long trace = 17;
    private long crashes;
    private long installs;
    private long wipes;

    private record Event(long atMillis, long order, Runnable run) implements Comparable<Event> {
        @Override
        public int compareTo(Event other) {
            int byTime = Long.compare(atMillis, other.atMillis);
            return byTime != 0 ? byTime : Long.compare(order, other.order);
        }
    }

    /**
     * What came of a run.
     *
     * @param trace a hash over all that was sent and when
     * @param bad broken promises; empty if all is well
     */
    record Outcome(
            long seed,
            long trace,
            long acknowledged,
            long crashes,
            long terms,
            long installs,
            long wipes,
            long reseats,
            List<String> bad) {}

    private Simulation(long seed, boolean safe) {
        this.random = new Random(seed);
        this.safe = safe;
        this.reseats = new Reseats(random, nodes, SHARDS);
        for (int shard = 0; shard < SHARDS; shard++) {
            acknowledged.add(new HashSet<>());
        }
    }

    /** Runs so many seconds of chaos, then lets the cluster come to rest and checks it. */
    static Outcome run(long seed, int seconds, boolean safe) {
        Simulation simulation = new Simulation(seed, safe);
        try {
            simulation.runAll(seconds);
        } catch (RuntimeException e) {
            simulation.bad("thrown: " + e);
        }
        long count = simulation.acknowledged.stream().mapToLong(Set::size).sum();
        return new Outcome(
                seed,
                simulation.trace,
                count,
                simulation.crashes,
                simulation.leaders.size(),
                simulation.installs,
                simulation.wipes,
                simulation.reseats.completed(),
                simulation.bad);
    }

    private void runAll(int seconds) {
        start();
        at(1_000, this::client);
        at(CHAOS_FROM_MILLIS, this::disturb);
        pass(seconds * 1_000L);
        calm();
        pass(SETTLE_MILLIS);
        checkAll();
    }

    ManualClock clock() {
        return clock;
    }

    void at(long inMillis, Runnable task) {
        events.add(new Event(clock.millis() + inMillis, eventOrder++, task));
    }

    /** A disk is quick, and sometimes not. */
    long diskMillis() {
        return 1 + random.nextInt(random.nextInt(10) == 0 ? 80 : 6);
    }

    long nextOperation() {
        return operations++;
    }

    void bad(String what) {
        if (bad.size() < 10) {
            bad.add(clock.millis() + " ms: " + what);
        }
    }

    void leads(ShardId shard, Epoch epoch, int node) {
        Integer other = leaders.putIfAbsent(shard + " " + epoch, node);
        if (other != null && other != node) {
            bad(shard + " has two leaders in " + epoch + ": " + other + " and " + node);
        }
    }

    void acknowledged(ShardId shard, long operation) {
        acknowledged.get(shard.number()).add(operation);
    }

    void checkAcknowledged(ShardId shard, Map<Long, Long> state, String whose) {
        Set<Long> there = new HashSet<>(state.values());
        if (there.size() < state.size()) {
            bad(shard + ": an operation is there twice at " + whose);
        }
        long missing =
                acknowledged.get(shard.number()).stream().filter(op -> !there.contains(op)).count();
        if (missing > 0) {
            bad(shard + ": " + missing + " acknowledged are missing at " + whose);
        }
        long place = 0;
        for (long each : state.keySet()) {
            if (each != place++) {
                bad(shard + ": place " + (place - 1) + " is empty at " + whose);
                return;
            }
        }
    }

    void send(int from, NodeId to, ShardId shard, long generation, byte[] frame) {
        int target = Integer.parseInt(to.name().substring(1));
        trace = trace * 31 + Arrays.hashCode(frame) + target;
        trace = trace * 31 + clock.millis();
        if (chaos && (cut[from][target] || random.nextInt(100) == 0)) {
            return;
        }
        int copies = chaos && random.nextInt(100) == 0 ? 2 : 1;
        for (int copy = 0; copy < copies; copy++) {
            at(
                    networkMillis(),
                    () -> {
                        NodeUnderTest node = nodes.get(target);
                        if (node.isUp() && !(chaos && cut[from][target])) {
                            node.log().received(NodeUnderTest.id(from), shard, generation, frame);
                        }
                    });
        }
    }

    private long networkMillis() {
        if (chaos && random.nextInt(50) == 0) {
            return random.nextInt(random.nextInt(4) == 0 ? 2_000 : 200);
        }
        return random.nextInt(3);
    }

    private void start() {
        for (int i = 0; i < NODES; i++) {
            nodes.add(new NodeUnderTest(this, i));
        }
        for (int shard = 0; shard < SHARDS; shard++) {
            List<Voter> voters =
                    nodes.subList(shard, shard + 3).stream().map(NodeUnderTest::voter).toList();
            charter.add(new Generation(1, voters));
        }
        nodes.forEach(this::boot);
    }

    private void boot(NodeUnderTest node) {
        RaftLog<Op> log = node.boot(settings(), safe);
        if (!log.disk().equals(node.voter().disk())) {
            bad("node " + node.number() + " has another disk than the one in it");
        }
        for (int shard = 0; shard < SHARDS; shard++) {
            log.place(new ShardId(shard), charter.get(shard));
            node.open(new ShardId(shard));
        }
    }

    private static RaftSettings settings() {
        return new RaftSettings(
                new SyncPolicy.Always(),
                new RaftSettings.Timing(200, 600, 2_000),
                new RaftSettings.Bounds(1 << 20, 4 << 20, 300, 500),
                new RaftSettings.Retention(60, 20_000, 5_000, 400, 1 << 20));
    }

    private void client() {
        if (load) {
            NodeUnderTest node = nodes.get(random.nextInt(NODES));
            ShardId shard = new ShardId(random.nextInt(SHARDS));
            int count = 1 + random.nextInt(4);
            if (node.isUp()) {
                node.offer(shard, count);
            }
            at(random.nextInt(10), this::client);
        }
    }

    private void disturb() {
        if (!chaos) {
            return;
        }
        int what = random.nextInt(safe ? 18 : 5); // what shows an unsafe disk soon
        NodeUnderTest any = nodes.get(random.nextInt(NODES));
        if (what == 10) {
            any.pauseUntil(clock.millis() + random.nextInt(4_000));
        } else if (what == 11) {
            any.hangDiskUntil(clock.millis() + random.nextInt(6_000));
        } else if (what == 12 && any.isUp()) {
            any.store().failNextSync("a bad sector");
            at(1_000 + random.nextInt(1_000), () -> crash(any, 1_000));
        } else if (what < 3) {
            crash(any, random.nextInt(4) == 0 ? 8_000 : 2_000);
        } else if (what == 3) {
            nodes.forEach(node -> crash(node, 1_000));
        } else if (what < 7 || what == 12) {
            cutOff(any.number(), random.nextBoolean());
        } else if (what < 10) {
            handOver();
        } else if (what == 13) {
            wipe(any);
        } else {
            reseats.tryOne();
        }
        at(200 + random.nextInt(1_500), this::disturb);
    }

    private void crash(NodeUnderTest node, int awayMillisMax) {
        if (!node.isUp()) {
            return;
        }
        crashes++;
        node.crash(random);
        at(50 + random.nextInt(awayMillisMax), () -> restart(node));
    }

    private void wipe(NodeUnderTest node) {
        if (reseats.mayLose(node)) {
            wipes++;
            node.wipe(random);
            at(50 + random.nextInt(1_000), () -> restart(node));
        }
    }

    private void restart(NodeUnderTest node) {
        if (!node.isUp()) {
            boot(node);
        }
    }

    private void repair() {
        reseats.repairAll();
        at(300, this::repair);
    }

    private void cutOff(int node, boolean oneWay) {
        for (int other = 0; other < NODES; other++) {
            if (other != node) {
                cut[node][other] = true;
                cut[other][node] = !oneWay;
            }
        }
        at(
                100 + random.nextInt(4_000),
                () -> {
                    for (boolean[] row : cut) {
                        Arrays.fill(row, false);
                    }
                });
    }

    private void handOver() {
        for (NodeUnderTest node : nodes) {
            for (int shard = 0; shard < SHARDS; shard++) {
                if (node.isUp() && random.nextBoolean()) {
                    NodeId to = NodeUnderTest.id(random.nextInt(NODES));
                    node.log().transfer(new ShardId(shard), to);
                }
            }
        }
    }

    /** Lets time pass, with all that is due at each millisecond. */
    private void pass(long millis) {
        long until = clock.millis() + millis;
        while (clock.millis() < until) {
            while (!events.isEmpty() && events.element().atMillis() <= clock.millis()) {
                events.remove().run().run();
            }
            nodes.stream().filter(NodeUnderTest::isUp).forEach(NodeUnderTest::run);
            clock.advanceMillis(1);
        }
    }

    private void calm() {
        chaos = false;
        nodes.stream().filter(NodeUnderTest::hasFailedStore).forEach(node -> crash(node, 1));
        nodes.forEach(this::restart);
        at(SETTLE_MILLIS / 2, () -> load = false);
        repair();
    }

    private void checkAll() {
        for (int number = 0; number < SHARDS; number++) {
            check(new ShardId(number));
        }
        for (NodeUnderTest node : nodes) {
            installs += node.log().installs();
            if (node.failures() > 0) {
                bad("node " + node.number() + " had tasks that failed: " + node.failures());
            }
        }
        if (acknowledged.stream().anyMatch(Set::isEmpty)) {
            bad("nothing was acknowledged");
        }
    }

    private void check(ShardId shard) {
        Generation generation = reseats.newest(shard);
        Map<Long, Long> first = null;
        int leading = 0;
        for (NodeUnderTest node : nodes) {
            Map<Long, Long> state = SimMachine.state(node.store(), shard);
            if (node.epoch(shard) != null) {
                leading++;
            }
            if (!generation.names(node.voter())) {
                if (!state.isEmpty() || node.log().holds(shard)) {
                    bad(shard + ": node " + node.number() + " has what it should have given up");
                }
                continue;
            }
            checkAcknowledged(shard, state, "node " + node.number());
            first = first == null ? state : first;
            if (!state.equals(first)) {
                bad(shard + ": node " + node.number() + " has " + state.size() + " places");
            }
            if (StoredGroup.readBefore(node.store(), shard, generation.number()) != null) {
                bad(shard + ": node " + node.number() + " keeps an old generation");
            }
        }
        if (leading != 1) {
            bad(shard + " has " + leading + " leaders at the end");
        }
        if (!bad.isEmpty()) {
            bad(shard + ", " + generation + ": " + statuses(shard));
        }
    }

    private List<String> statuses(ShardId shard) {
        return nodes.stream()
                .map(
                        node ->
                                node.number()
                                        + " "
                                        + SimMachine.state(node.store(), shard).size()
                                        + " places "
                                        + node.log().generation(shard)
                                        + " "
                                        + node.status(shard))
                .toList();
    }
}
