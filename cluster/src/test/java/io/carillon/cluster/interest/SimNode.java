package io.carillon.cluster.interest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.carillon.cluster.Epoch;
import io.carillon.cluster.NodeId;
import io.carillon.cluster.ShardId;
import io.carillon.loop.ManualLoop;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/** A node with its loop, and what its listener was told. A restart forgets all but the starts. */
final class SimNode {
    final NodeId id;
    final Owner.OfNode owner;
    final Map<Owner, Map<String, Attributes>> applied = new HashMap<>();
    final Map<Owner, Announcer> announcers = new HashMap<>();
    private final SimNetwork network;
    private final InterestSettings settings;
    final HeldWork prior = new HeldWork();
    boolean alive;
    ManualLoop loop;
    Interest interest;
    long starts;
    long generation = 1;
    BiConsumer<Owner, String> whenTakenBack = (owner, string) -> {};

    /** Work that takes as long as the test says. */
    static final class HeldWork implements PriorWork {
        private final List<Runnable> waiting = new ArrayList<>();
        private boolean held;

        void begin() {
            held = true;
        }

        void end() {
            held = false;
            List<Runnable> due = List.copyOf(waiting);
            waiting.clear();
            due.forEach(Runnable::run);
        }

        @Override
        public void whenDone(Runnable task) {
            if (held) {
                waiting.add(task);
            } else {
                task.run();
            }
        }
    }

    /** Changes that the listener was told. */
    long told;

    /** How long peers may act on what they know. */
    final Map<NodeId, Long> owedMillis = new HashMap<>();

    SimNode(NodeId id, SimNetwork network, InterestSettings settings) {
        this.id = id;
        this.owner = new Owner.OfNode(id);
        this.network = network;
        this.settings = settings;
    }

    /** Starts, and speaks for itself. */
    void start() {
        starts++;
        alive = true;
        loop = new ManualLoop("cluster-" + id + "-" + starts, network.clock);
        applied.clear();
        announcers.clear();
        run(
                () ->
                        interest =
                                new Interest(
                                        id,
                                        loop,
                                        (to, message) -> network.send(this, to, message),
                                        network.pages.of(id),
                                        this::changed,
                                        prior,
                                        settings,
                                        peer -> owedMillis.getOrDefault(peer, 0L)));
        speakFor(owner, new Epoch(generation, (int) starts));
        run(() -> announcers.get(owner).begin());
    }

    /** Dies: peers notice at once, and it does nothing any more. */
    void crash() {
        network.nodes.values().forEach(each -> network.disconnect(this, each));
        alive = false;
    }

    /** Runs on the loop now, after what waits there, without ending the turn. */
    void run(Runnable task) {
        if (!alive) {
            return;
        }
        boolean[] done = new boolean[1];
        loop.execute(
                () -> {
                    done[0] = true;
                    task.run();
                });
        while (!done[0]) {
            loop.runOne();
        }
        assertEquals(0, loop.failures(), "a task failed, see the log");
    }

    /** One turn of the loop; false if there was nothing to do. */
    boolean turn() {
        boolean busy = alive && loop.runTurn();
        assertEquals(0, loop.failures(), "a task failed, see the log");
        return busy;
    }

    void speakFor(Owner owner, Epoch epoch) {
        run(() -> announcers.put(owner, interest.speakFor(owner, epoch)));
    }

    void announce(Owner owner, String string, int attribute) {
        run(() -> announcers.get(owner).announce(string, attributes(attribute)));
    }

    void withdraw(Owner owner, String string) {
        run(() -> announcers.get(owner).withdraw(string));
    }

    void resign(Owner owner) {
        run(
                () -> {
                    Announcer announcer = announcers.remove(owner);
                    if (announcer != null) {
                        announcer.resign();
                    }
                });
    }

    Map<String, Attributes> applied(Owner owner) {
        return applied.getOrDefault(owner, Map.of());
    }

    InterestStats stats() {
        InterestStats[] stats = new InterestStats[1];
        run(() -> stats[0] = interest.stats());
        return stats[0];
    }

    boolean isCaughtUp() {
        boolean[] caughtUp = new boolean[1];
        run(() -> caughtUp[0] = interest.isCaughtUp());
        return caughtUp[0];
    }

    static Owner shard(int number) {
        return new Owner.OfShard(new ShardId(number));
    }

    static Attributes attributes(int value) {
        return value == 0 ? Attributes.NONE : Attributes.of(new byte[] {(byte) value});
    }

    private void changed(Owner owner, List<Change> changes) {
        told += changes.size();
        Map<String, Attributes> wants = applied.computeIfAbsent(owner, _ -> new HashMap<>());
        for (Change each : changes) {
            switch (each) {
                case Change.Add add -> wants.put(add.string(), add.attributes());
                case Change.Remove remove -> {
                    wants.remove(remove.string());
                    whenTakenBack.accept(owner, remove.string());
                }
            }
        }
        if (wants.isEmpty()) {
            applied.remove(owner);
        }
    }
}
