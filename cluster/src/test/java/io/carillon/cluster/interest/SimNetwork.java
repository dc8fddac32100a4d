package io.carillon.cluster.interest;

import io.carillon.cluster.NodeId;
import io.carillon.loop.ManualClock;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.TreeSet;

/**
 * Nodes and the streams between them, in one thread. A stream that is up delivers once and in order
 * after a delay, unless the faults say otherwise; what is under way when it goes down is lost.
 */
final class SimNetwork {
    private record Event(long atMillis, long order, Runnable task) implements Comparable<Event> {
        @Override
        public int compareTo(Event other) {
            int byTime = Long.compare(atMillis, other.atMillis);
            return byTime != 0 ? byTime : Long.compare(order, other.order);
        }
    }

    /** A pair of nodes, in the order of their names. */
    private record Pair(NodeId a, NodeId b) {
        static Pair of(NodeId x, NodeId y) {
            return x.compareTo(y) < 0 ? new Pair(x, y) : new Pair(y, x);
        }
    }

    private record Way(NodeId from, NodeId to) {}

    final ManualClock clock = new ManualClock(0);
    final Random random;
    final Map<NodeId, SimNode> nodes = new LinkedHashMap<>();
    final SimPages pages = new SimPages(this);
    private final PriorityQueue<Event> events = new PriorityQueue<>();
    private final TreeSet<String> noWay = new TreeSet<>();
    private final Map<Pair, Long> up = new HashMap<>();
    private final Map<Way, Long> lastArrival = new HashMap<>();
    private long order;

    /** In percent: lost, delivered twice, overtaking others, refused for want of room. */
    int lost;

    int twice;
    int overtaking;
    int refused;
    long delayMillisMax = 2;

    long messages;
    long bytes;

    SimNetwork(long seed) {
        random = new Random(seed);
    }

    SimNode add(String name, InterestSettings settings) {
        SimNode node = new SimNode(new NodeId(name), this, settings);
        nodes.put(node.id, node);
        node.start();
        return node;
    }

    boolean chance(int percent) {
        return percent > 0 && random.nextInt(100) < percent;
    }

    /** The number of the stream that is up between the two, or -1. */
    long stream(NodeId a, NodeId b) {
        return up.getOrDefault(Pair.of(a, b), -1L);
    }

    void connect(SimNode a, SimNode b) {
        if (a.alive && b.alive && stream(a.id, b.id) < 0) {
            up.put(Pair.of(a.id, b.id), ++order);
            a.run(() -> a.interest.peerUp(b.id));
            b.run(() -> b.interest.peerUp(a.id));
        }
    }

    void disconnect(SimNode a, SimNode b) {
        if (up.remove(Pair.of(a.id, b.id)) != null) {
            a.run(() -> a.interest.peerDown(b.id));
            b.run(() -> b.interest.peerDown(a.id));
        }
    }

    void connectAll() {
        for (SimNode a : nodes.values()) {
            nodes.values().stream().filter(b -> !b.equals(a)).forEach(b -> connect(a, b));
        }
    }

    /** From one to the other nothing gets through, while both believe the stream to be up. */
    void block(NodeId from, NodeId to, boolean blocked) {
        if (blocked) {
            noWay.add(from + ">" + to);
        } else {
            noWay.remove(from + ">" + to);
        }
    }

    void calm() {
        lost = 0;
        twice = 0;
        overtaking = 0;
        refused = 0;
        delayMillisMax = 2;
        noWay.clear();
        pages.calm();
    }

    boolean send(SimNode from, NodeId to, byte[] message) {
        long stream = stream(from.id, to);
        if (stream < 0 || chance(refused)) {
            return false;
        }
        messages++;
        bytes += message.length;
        int copies = chance(lost) || noWay.contains(from.id + ">" + to) ? 0 : chance(twice) ? 2 : 1;
        for (int i = 0; i < copies; i++) {
            deliver(from.id, to, stream, message);
        }
        return true;
    }

    private void deliver(NodeId from, NodeId to, long stream, byte[] message) {
        Way way = new Way(from, to);
        long at = clock.millis() + random.nextLong(delayMillisMax + 1);
        if (!chance(overtaking)) {
            at = Math.max(at, lastArrival.getOrDefault(way, 0L));
            lastArrival.put(way, at);
        }
        atMillis(
                at,
                () -> {
                    SimNode node = nodes.get(to);
                    if (node != null && stream(from, to) == stream) {
                        node.run(() -> node.interest.received(from, ByteBuffer.wrap(message)));
                    }
                });
    }

    void atMillis(long at, Runnable task) {
        events.add(new Event(at, order++, task));
    }

    /** Lets time pass. */
    void run(long millis) {
        long end = clock.millis() + millis;
        while (true) {
            settle();
            if (clock.millis() == end) {
                return;
            }
            clock.advanceMillis(1);
        }
    }

    private void settle() {
        boolean busy = true;
        while (busy) {
            busy = false;
            while (!events.isEmpty() && events.peek().atMillis() <= clock.millis()) {
                events.remove().task().run();
                busy = true;
            }
            for (SimNode node : nodes.values()) {
                busy |= node.turn();
            }
        }
    }
}
