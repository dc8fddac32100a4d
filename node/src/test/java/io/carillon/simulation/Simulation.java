package io.carillon.simulation;

import java.util.ArrayList;
import java.util.List;

/**
 * A cluster of three nodes and its clients under everything at once; checks what was promised while
 * it goes, and the rest when all is healed.
 */
final class Simulation {
    static final int NODES = 3;
    private static final long START_MILLIS_MAX = 20_000;
    private static final long SETTLE_MILLIS_MAX = 60_000;
    private static final long REST_MILLIS = 4_000;
    private final World world;
    private final List<SimNode> nodes = new ArrayList<>();
    private final Net net;
    private final Membership membership;
    private final SharedMaps maps;
    private final Ledger ledger = new Ledger();
    private final Promises promises;
    private final Chaos chaos;
    private final Crowd crowd;

    /**
     * What came of a run.
     *
     * @param trace a hash over all that was sent and when
     * @param bad broken promises; empty if all is well
     */
    record Outcome(
            long seed, long trace, int sent, long accepted, int disturbances, List<String> bad) {}

    private Simulation(long seed, Chaos.Strength strength) {
        world = new World(seed);
        net = new Net(world, nodes, NODES);
        membership = new Membership(world, net, nodes);
        maps = new SharedMaps(world, net, nodes);
        chaos = new Chaos(world, net, membership, nodes, strength);
        crowd = new Crowd(world, ledger, nodes);
        promises = new Promises(world, ledger, crowd.clients());
        for (int i = 0; i < NODES; i++) {
            nodes.add(new SimNode(this, world, i));
        }
    }

    /** Runs so many seconds of chaos, then lets the cluster come to rest and checks it. */
    static Outcome run(long seed, int seconds, Chaos.Strength strength) {
        Simulation simulation = new Simulation(seed, strength);
        try {
            simulation.runAll(seconds);
        } catch (RuntimeException e) {
            simulation.world.bad("thrown: " + e);
            if (Log.isOn()) {
                e.printStackTrace();
            }
        }
        return new Outcome(
                seed,
                simulation.world.traced(),
                simulation.ledger.sent.size(),
                simulation.ledger.accepted(),
                simulation.chaos.count(),
                simulation.world.bad);
    }

    Net net() {
        return net;
    }

    SharedMaps maps() {
        return maps;
    }

    private void runAll(int seconds) {
        nodes.forEach(chaos::boot);
        membership.start();
        if (!passUntil(START_MILLIS_MAX, this::allReady)) {
            world.bad("liveness: the cluster is not founded: " + states());
            return;
        }
        // Who listens for good is there before anything is disturbed.
        if (!passUntil(START_MILLIS_MAX, crowd::areDurableSubscribed)) {
            world.bad("liveness: clients can't subscribe");
            return;
        }
        crowd.start(seconds * 1_000);
        pass(500);
        chaos.start();
        pass(seconds * 1_000L);
        chaos.stop();
        Log.say(world, "healed");
        pass(2_000);
        crowd.rest();
        if (!passUntil(SETTLE_MILLIS_MAX, this::allServed)) {
            world.bad("liveness: not all is served after a heal: " + states());
        }
        crowd.partForAWhile();
        pass(REST_MILLIS);
        if (!passUntil(SETTLE_MILLIS_MAX, this::allServed)) {
            world.bad("liveness: not all are back after a while: " + states());
        }
        crowd.settle();
        pass(REST_MILLIS);
        if (!allServed()) {
            world.bad("liveness: not all stays served after a heal: " + states());
        }
        List<SimClient> witnesses = crowd.witnesses();
        pass(REST_MILLIS);
        promises.checkAtEnd(witnesses);
        for (SimNode node : nodes) {
            if (node.failures() > 0) {
                world.bad(node + " had " + node.failures() + " tasks that failed");
            }
        }
    }

    private boolean allReady() {
        return nodes.stream().allMatch(SimNode::isReady) && membership.isComplete();
    }

    private boolean allServed() {
        return allReady() && crowd.isServed();
    }

    private List<String> states() {
        List<String> states = new ArrayList<>();
        for (SimNode node : nodes) {
            states.add(node + (node.isReady() ? " ready" : " " + node.obstacle()));
        }
        states.addAll(crowd.waits());
        return states;
    }

    private void pass(long millis) {
        passUntil(millis, () -> false);
    }

    private interface Condition {
        boolean holds();
    }

    private boolean passUntil(long millisMax, Condition condition) {
        for (long end = world.now() + millisMax; world.now() < end; ) {
            if (world.now() % 50 == 0 && condition.holds()) {
                return true;
            }
            step();
        }
        return condition.holds();
    }

    private void step() {
        world.runDue();
        net.run();
        nodes.forEach(SimNode::run);
        world.conns.removeIf(conn -> !conn.pump());
        if (world.now() % 10 == 0) {
            look();
        }
        world.tick();
    }

    private void look() {
        boolean allRun = nodes.stream().noneMatch(SimNode::isPaused);
        world.steady(allRun && net.isWhole() && membership.isComplete());
        world.quiet(allRun && chaos.isQuiet() && allReady());
        promises.checkNow();
    }
}
