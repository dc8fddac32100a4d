package io.carillon.simulation;

import io.carillon.cluster.NodeId;
import io.carillon.cluster.ShardId;
import java.util.List;

/** Disturbs nodes and network, one thing after the other and several at once. */
final class Chaos {
    private static final long AFTERMATH_MILLIS = 2_000;

    private final World world;
    private final Net net;
    private final Membership membership;
    private final List<SimNode> nodes;
    private final Strength strength;
    private boolean on;
    private int count;
    private int healing;
    private long lastMillis = -AFTERMATH_MILLIS;

    /** What a cluster is put through. */
    enum Strength {
        /**
         * All nodes live on and reach each other: leaders change, connections break, disks hang.
         */
        GENTLE,
        /** Everything. */
        ALL
    }

    Chaos(World world, Net net, Membership membership, List<SimNode> nodes, Strength strength) {
        this.strength = strength;
        this.world = world;
        this.net = net;
        this.membership = membership;
        this.nodes = nodes;
    }

    int count() {
        return count;
    }

    void start() {
        on = true;
        next();
    }

    /** All heals. */
    void stop() {
        on = false;
        net.heal();
        nodes.stream().filter(node -> !node.isUp()).forEach(this::boot);
    }

    boolean isQuiet() {
        return world.now() - lastMillis > AFTERMATH_MILLIS
                && net.isWhole()
                && nodes.stream().allMatch(SimNode::isUp);
    }

    void boot(SimNode node) {
        if (!node.isUp()) {
            node.start();
            membership.booted(node);
        }
    }

    private void next() {
        if (!on) {
            return;
        }
        disturb();
        lastMillis = world.now();
        count++;
        world.in(
                world.chance(25) ? 3_000 + world.upTo(6_000) : 200 + world.upTo(2_500), this::next);
    }

    private void disturb() {
        SimNode any = nodes.get(world.upTo(nodes.size()));
        switch (strength == Strength.ALL ? world.upTo(12) : 9 + world.upTo(3)) {
            case 0, 1, 2 -> crash(any, world.chance(25) ? 12_000 : 3_000);
            case 3 -> {
                if (world.chance(30)) {
                    nodes.forEach(node -> crash(node, 2_000));
                } else {
                    crash(any, 200);
                }
            }
            case 4 -> {
                long millis = 200 + world.upTo(4_500);
                Log.say(world, any + " pauses for " + millis);
                any.pause(millis);
            }
            case 5 -> {
                Log.say(world, any + "'s disk hangs");
                any.hangDisk(world.upTo(4_000));
            }
            case 6 -> isolate(any);
            case 7 -> oneWay(any);
            case 8 -> partial(any);
            case 9 -> {
                SimNode other = nodes.get((any.number + 1) % nodes.size());
                Log.say(world, "links of " + any + " and " + other + " break");
                net.breakAll(any.number, other.number);
            }
            case 10 -> handOver();
            default -> {
                Log.say(world, "the network is slow");
                net.slow(true);
                healLater(3_000);
            }
        }
    }

    private void crash(SimNode node, int awayMillisMax) {
        if (node.isUp()) {
            node.crash();
            world.in(50 + world.upTo(awayMillisMax), () -> boot(node));
        }
    }

    private void isolate(SimNode node) {
        boolean threeWay = world.chance(20);
        Log.say(world, threeWay ? "all are apart" : node + " is cut off");
        for (SimNode one : nodes) {
            for (SimNode other : nodes) {
                if (!one.equals(other) && (threeWay || one.equals(node) || other.equals(node))) {
                    net.cut(one.number, other.number);
                }
            }
        }
        healLater(9_000);
    }

    private void oneWay(SimNode node) {
        boolean out = world.chance(50);
        Log.say(world, node + (out ? " is not heard" : " hears nobody"));
        for (SimNode other : nodes) {
            if (!other.equals(node)) {
                net.cut(out ? node.number : other.number, out ? other.number : node.number);
            }
        }
        healLater(7_000);
    }

    private void partial(SimNode node) {
        SimNode other = nodes.get((node.number + 1) % nodes.size());
        Log.say(world, node + " and " + other + " don't reach each other");
        net.cut(node.number, other.number);
        if (world.chance(70)) {
            net.cut(other.number, node.number);
        }
        healLater(9_000);
    }

    /** The last to disturb the network heals it. */
    private void healLater(int millisMax) {
        int mine = ++healing;
        world.in(
                100 + world.upTo(millisMax),
                () -> {
                    if (mine == healing) {
                        Log.say(world, "the network heals");
                        net.heal();
                    }
                });
    }

    private void handOver() {
        Log.say(world, "leaderships move");
        for (SimNode node : nodes) {
            for (int shard = 0; shard < NodeSettings.SHARDS; shard++) {
                if (node.isUp() && world.chance(50)) {
                    NodeId to = nodes.get(world.upTo(nodes.size())).id();
                    var _ = node.running().log.transfer(new ShardId(shard), to);
                }
            }
        }
    }
}
