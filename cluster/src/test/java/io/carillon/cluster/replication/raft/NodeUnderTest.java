package io.carillon.cluster.replication.raft;

import io.carillon.cluster.DiskId;
import io.carillon.cluster.Epoch;
import io.carillon.cluster.NodeId;
import io.carillon.cluster.ShardId;
import io.carillon.cluster.Voter;
import io.carillon.loop.ManualLoop;
import io.carillon.storage.memory.MemoryStore;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One node of a simulated cluster: a disk that stays, and all else that a crash takes away. */
final class NodeUnderTest {
    private static final Comparator<ShardId> BY_NUMBER = Comparator.comparingInt(ShardId::number);

    private final int number;
    private final Simulation simulation;
    private MemoryStore store = new MemoryStore(List.of(RaftLog.SPACE, SimMachine.SPACE));
    private ManualLoop loop;
    private ManualLoop committer;
    private @Nullable RaftLog<Op> log;
    private final Map<ShardId, SimMachine> machines = new TreeMap<>(BY_NUMBER);
    private long diskSeed;
    private boolean syncUnderWay;
    private long pausedUntilMillis;
    private long diskHangsUntilMillis;

    NodeUnderTest(Simulation simulation, int number) {
        this.simulation = simulation;
        this.number = number;
        this.diskSeed = number;
        loop = new ManualLoop("shard-" + number, simulation.clock());
        committer = new ManualLoop("log-" + number, simulation.clock());
    }

    int number() {
        return number;
    }

    static NodeId id(int number) {
        return new NodeId("n" + number);
    }

    MemoryStore store() {
        return store;
    }

    boolean isUp() {
        return log != null;
    }

    /** What the node's shards lead in at this time. */
    @Nullable Epoch epoch(ShardId shard) {
        SimMachine machine = machines.get(shard);
        return isUp() && machine != null ? machine.epoch() : null;
    }

    /** By which generations name its replicas. */
    Voter voter() {
        return new Voter(id(number), DiskId.random(new Random(diskSeed)));
    }

    /** Makes the log, on the disk as it is. */
    RaftLog<Op> boot(RaftSettings settings, boolean safe) {
        loop = new ManualLoop("shard-" + number, simulation.clock());
        committer = new ManualLoop("log-" + number, simulation.clock());
        syncUnderWay = false;
        machines.clear();
        RaftHost host =
                new RaftHost(
                        id(number),
                        store,
                        (to, shard, generation, frame) ->
                                simulation.send(number, to, shard, generation, frame),
                        simulation.clock(),
                        committer,
                        diskSeed);
        LeaderListener herald = new SimHerald();
        RaftLog<Op> made =
                safe ? RaftLog.on(host, settings, herald) : RaftLog.unsafe(host, settings, herald);
        log = made;
        return made;
    }

    /** Opens the shard, if there is a replica of it here or is to be. */
    void open(ShardId shard) {
        RaftLog<Op> opened = log();
        if (opened.holds(shard) && !machines.containsKey(shard)) {
            SimMachine machine = new SimMachine(simulation, this, shard);
            machines.put(shard, machine);
            loop.execute(() -> opened.open(shard, loop, machine));
        }
    }

    RaftLog<Op> log() {
        RaftLog<Op> now = log;
        if (now == null) {
            throw new IllegalStateException("node " + number + " is down");
        }
        return now;
    }

    /** The process stands still, and what comes meanwhile waits. */
    void pauseUntil(long millis) {
        pausedUntilMillis = millis;
    }

    void hangDiskUntil(long millis) {
        diskHangsUntilMillis = millis;
    }

    boolean hasFailedStore() {
        return isUp() && store.failure() != null;
    }

    /** Some of what was not synced is lost. */
    void crash(Random random) {
        log = null;
        store = store.crash(random.nextInt(store.unsyncedBatches() + 1));
    }

    /** Another disk takes the place of the one that there was. */
    void wipe(Random random) {
        log = null;
        store = new MemoryStore(List.of(RaftLog.SPACE, SimMachine.SPACE));
        diskSeed = random.nextLong();
    }

    void offer(ShardId shard, int count) {
        SimMachine machine = machines.get(shard);
        if (machine != null) {
            loop.execute(() -> machine.offer(log(), count));
        }
    }

    /** All that is to be done at this time; the disk takes its own. */
    void run() {
        if (simulation.clock().millis() < pausedUntilMillis) {
            return;
        }
        loop.runUntilIdle();
        if (committer.pending() > 0 && !syncUnderWay) {
            syncUnderWay = true;
            ManualLoop busy = committer;
            simulation.at(
                    simulation.diskMillis()
                            + Math.max(0, diskHangsUntilMillis - simulation.clock().millis()),
                    () -> {
                        if (isUp() && busy.equals(committer)) {
                            syncUnderWay = false;
                            busy.runUntilIdle();
                        }
                    });
        }
    }

    /** Checks that what is told agrees with what the machines were told. */
    private final class SimHerald implements LeaderListener {
        @Override
        public void leads(ShardId shard, Epoch epoch, List<Voter> voters, Set<NodeId> inSync) {
            if (!epoch.equals(epoch(shard))) {
                simulation.bad(shard + " is said to be led before its machine leads");
            }
            if (inSync.contains(id(number))) {
                simulation.bad(shard + ": its leader is a follower in sync");
            }
        }

        @Override
        public void seated(ShardId shard, Generation generation) {
            open(shard);
        }

        @Override
        public void unseated(ShardId shard, Generation generation) {
            SimMachine machine = machines.remove(shard);
            if (machine == null || machine.epoch() != null) {
                simulation.bad(shard + " is given up while it is led, or twice");
            }
        }

        @Override
        public void follows(
                ShardId shard, Epoch epoch, @Nullable NodeId leader, List<Voter> voters) {
            if (epoch(shard) != null) {
                simulation.bad(shard + " is said to be followed while its machine leads");
            }
            if (id(number).equals(leader)) {
                simulation.bad(shard + ": node " + number + " follows itself");
            }
        }
    }

    String status(ShardId shard) {
        StringBuilder status = new StringBuilder();
        if (!machines.containsKey(shard)) {
            return "none";
        }
        loop.execute(() -> status.append(log().status(shard)));
        loop.runUntilIdle();
        return status.toString();
    }

    long failures() {
        return loop.failures() + committer.failures();
    }
}
