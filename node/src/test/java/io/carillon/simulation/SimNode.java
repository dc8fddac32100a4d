package io.carillon.simulation;

import io.carillon.cluster.NodeId;
import io.carillon.cluster.replication.raft.RaftLog;
import io.carillon.loop.ManualLoop;
import io.carillon.node.cluster.ClusterCore;
import io.carillon.shard.Spaces;
import io.carillon.storage.Space;
import io.carillon.storage.memory.MemoryStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A node: a disk that stays, and what runs on it until it crashes. */
final class SimNode {
    final int number;
    private final Simulation simulation;
    private final World world;
    private MemoryStore disk = new MemoryStore(spaces());

    /** How many nodes it was last told to be there. */
    int seen;

    private int boot;
    private @Nullable Running running;
    private long pausedUntil;
    private long diskHangsUntil;
    private boolean syncUnderWay;
    private long failuresBefore;
    private @Nullable String obstacle = "not started";

    SimNode(Simulation simulation, World world, int number) {
        this.simulation = simulation;
        this.world = world;
        this.number = number;
    }

    private static List<Space> spaces() {
        List<Space> spaces = new ArrayList<>(Spaces.all());
        spaces.add(RaftLog.SPACE);
        spaces.add(ClusterCore.SPACE);
        return spaces;
    }

    NodeId id() {
        return new NodeId("n" + number);
    }

    int boot() {
        return boot;
    }

    boolean isUp() {
        return running != null;
    }

    boolean isUp(int ofBoot) {
        return isUp() && boot == ofBoot;
    }

    boolean isPaused() {
        return world.now() < pausedUntil;
    }

    boolean isReady() {
        return isUp() && obstacle == null;
    }

    @Nullable String obstacle() {
        return obstacle;
    }

    /** What runs now. */
    Running running() {
        return Objects.requireNonNull(running, "the node is down");
    }

    ManualLoop loop() {
        return running().loop;
    }

    String incarnationName() {
        return this + "/" + boot;
    }

    void start() {
        boot++;
        obstacle = "starting";
        syncUnderWay = false;
        running = new Running(this, simulation, world, disk);
        Log.say(world, this + " starts");
    }

    void readiness(@Nullable String reason) {
        Log.say(world, this + (reason == null ? " is ready" : " not ready: " + reason));
        obstacle = reason;
    }

    void pause(long millis) {
        pausedUntil = world.now() + millis;
    }

    void hangDisk(long millis) {
        diskHangsUntil = world.now() + millis;
    }

    /** The process dies; some of what was not synced is lost. */
    void crash() {
        Log.say(world, this + " crashes");
        failuresBefore = failures();
        int before = boot;
        running = null;
        obstacle = "down";
        disk = disk.crash(world.upTo(disk.unsyncedBatches() + 1));
        pausedUntil = 0;
        diskHangsUntil = 0;
        simulation.net().dead(this, before);
    }

    /** Tasks that threw, since the beginning. */
    long failures() {
        return failuresBefore + (running == null ? 0 : running.failures());
    }

    /** Some turns, unless it is down or paused. */
    void run() {
        if (running == null || isPaused()) {
            return;
        }
        running.runTurns();
        sync(running.committer);
    }

    private void sync(ManualLoop committer) {
        if (committer.pending() > 0 && !syncUnderWay) {
            syncUnderWay = true;
            int of = boot;
            long millis = 1 + world.upTo(world.chance(5) ? 60 : 3);
            world.in(
                    millis + Math.max(0, diskHangsUntil - world.now()),
                    () -> {
                        if (isUp(of)) {
                            syncUnderWay = false;
                            committer.runUntilIdle();
                        }
                    });
        }
    }

    @Override
    public String toString() {
        return "n" + number;
    }
}
