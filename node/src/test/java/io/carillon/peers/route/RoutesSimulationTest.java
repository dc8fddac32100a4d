package io.carillon.peers.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.carillon.cluster.Epoch;
import io.carillon.topic.LaneTargets;
import io.carillon.topic.Lanes;
import io.carillon.topic.SharedGroup;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Three nodes take random steps while leaderships move and clients come and go; after each step of
 * any loop, and within, whoever has got a SUBACK is found from every node.
 */
class RoutesSimulationTest {
    private static final Lanes LANES = TestCluster.LANES;
    private static final int STEPS = 1_500;
    private static final String[] TOPICS = {"a", "b/1", "b/2", "c/d/e"};
    private static final String GROUP = "$share/g/b/1";
    private static final String[] FILTERS = {"a", "b/1", "b/+", "c/#", "#", "c/d/e", GROUP};

    /** Who has got a SUBACK: a durable client of a shard, or a transient one of a node. */
    private record Acked(TestNode node, int shard, String client, String filter) {}

    private record Transient(TestNode node, TestSession session, String filter) {}

    private final TestCluster cluster = new TestCluster(3);
    private final List<Map<String, Set<String>>> stored = new ArrayList<>();
    private final Map<TestNode, List<TestShard>> shards = new HashMap<>();
    private final List<TestNode> leaders = new ArrayList<>();
    private final List<Epoch> epochs = new ArrayList<>();
    private final List<Transient> transients = new ArrayList<>();
    private final Set<Acked> acked = new HashSet<>();

    /** How often: an answer is to be for the last SUBSCRIBE. */
    private final Map<String, Integer> unsubscribed = new HashMap<>();

    private int term;
    private int clients;
    private int found;
    private RandomGenerator random = RandomGenerator.getDefault();

    /** Five seeds for ever, five of the day. */
    static LongStream seeds() {
        int more = Integer.getInteger("routes.seeds", 5);
        return LongStream.concat(
                LongStream.of(1, 2, 3, 42, 20261121),
                new java.util.SplittableRandom(System.nanoTime()).longs(more));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void nobodyIsPassedBy(long seed) {
        System.out.println("RoutesSimulationTest seed " + seed);
        random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        for (int shard = 0; shard < LANES.shards(); shard++) {
            Map<String, Set<String>> ofShard = new TreeMap<>();
            stored.add(ofShard);
            for (TestNode node : cluster.nodes) {
                shards.computeIfAbsent(node, _ -> new ArrayList<>())
                        .add(new TestShard(node, shard, ofShard, this::check));
            }
            leaders.add(cluster.nodes.getFirst());
            epochs.add(new Epoch(0, 0));
            lead(shard, cluster.nodes.getFirst());
        }
        cluster.settle();
        for (int step = 0; step < STEPS; step++) {
            if (random.nextInt(12) == 0) {
                act();
            }
            run();
            check();
        }
        cluster.settle();
        subscribeTransient(); // there is somebody to find in any case
        cluster.settle();
        check();
        assertTrue(found > 0);
        assertExact();
    }

    private void act() {
        switch (random.nextInt(10)) {
            case 0 -> move(random.nextInt(LANES.shards()));
            case 1, 2, 3, 4, 5 -> subscribeDurable(random.nextInt(LANES.shards()));
            case 6 -> unsubscribeDurable(random.nextInt(LANES.shards()));
            case 7, 8 -> subscribeTransient();
            default -> unsubscribeTransient();
        }
    }

    /** One small step of one loop, or a message that arrives, or time. */
    private void run() {
        TestNode node = cluster.nodes.get(random.nextInt(cluster.nodes.size()));
        switch (random.nextInt(10)) {
            case 0 -> cluster.clock.advanceMillis(20);
            case 1, 2, 3, 4 -> cluster.deliver(random.nextInt(cluster.ways()));
            case 5, 6 -> node.shardLoop.runOne();
            case 7, 8 -> node.loop.runOne();
            default -> node.loop.endTurn();
        }
    }

    /** Another node leads; the former leader hears of it before, at the same time or later. */
    private void move(int shard) {
        TestNode from = leaders.get(shard);
        TestNode to = cluster.nodes.get(random.nextInt(cluster.nodes.size()));
        boolean knows = from == to || random.nextBoolean();
        TestShard former = shards.get(from).get(shard);
        Epoch ended = epochs.get(shard);
        if (knows) {
            from.shardLoop.execute(() -> former.follow(ended));
        }
        // Who waits for a SUBACK of the former leader is let go without one.
        leaders.set(shard, to);
        lead(shard, to);
        if (!knows) {
            from.shardLoop.schedule(
                    random.nextInt(60), () -> from.shardLoop.execute(() -> former.follow(ended)));
        }
    }

    private void lead(int shard, TestNode node) {
        Epoch epoch = new Epoch(1, ++term);
        epochs.set(shard, epoch);
        node.shardLoop.execute(() -> shards.get(node).get(shard).lead(epoch));
    }

    private void subscribeDurable(int number) {
        TestNode node = leaders.get(number);
        TestShard shard = shards.get(node).get(number);
        String client = "durable-" + random.nextInt(4) + "-of-" + number;
        String filter = FILTERS[random.nextInt(FILTERS.length)];
        node.shardLoop.execute(
                () -> {
                    Epoch epoch = epochs.get(number);
                    if (!shard.leads(epoch)) {
                        return; // a former leader can't commit it
                    }
                    stored.get(number).computeIfAbsent(client, _ -> new TreeSet<>()).add(filter);
                    shard.add(client, filter);
                    String key = client + " " + filter;
                    int times = unsubscribed.getOrDefault(key, 0);
                    node.routes.await(
                            number,
                            () ->
                                    node.shardLoop.execute(
                                            () -> {
                                                if (shard.leads(epoch)
                                                        && times
                                                                == unsubscribed.getOrDefault(
                                                                        key, 0)) {
                                                    acked.add(
                                                            new Acked(
                                                                    node, number, client, filter));
                                                }
                                            }));
                });
    }

    private void unsubscribeDurable(int number) {
        TestNode node = leaders.get(number);
        TestShard shard = shards.get(node).get(number);
        String client = "durable-" + random.nextInt(4) + "-of-" + number;
        String filter = FILTERS[random.nextInt(FILTERS.length)];
        node.shardLoop.execute(
                () -> {
                    if (shard.leads(epochs.get(number))) {
                        acked.removeIf(
                                each -> each.client.equals(client) && each.filter.equals(filter));
                        unsubscribed.merge(client + " " + filter, 1, Integer::sum);
                        stored.get(number).getOrDefault(client, new TreeSet<>()).remove(filter);
                        shard.remove(client, filter);
                    }
                });
    }

    private void subscribeTransient() {
        TestNode node = cluster.nodes.get(random.nextInt(cluster.nodes.size()));
        String filter = FILTERS[random.nextInt(FILTERS.length)];
        TestSession session = new TestSession(random.nextInt(2), "transient-" + clients++);
        Transient subscribed = new Transient(node, session, filter);
        transients.add(subscribed);
        node.trie.subscribe(session, TestSession.to(filter));
        node.routes.await(
                () -> {
                    if (transients.contains(subscribed)) {
                        acked.add(new Acked(node, -1, session.clientId(), filter));
                    }
                });
    }

    private void unsubscribeTransient() {
        if (!transients.isEmpty()) {
            Transient gone = transients.remove(random.nextInt(transients.size()));
            acked.remove(new Acked(gone.node, -1, gone.session.clientId(), gone.filter));
            gone.node.unsubscribe(gone.session, gone.filter);
        }
    }

    private void check() {
        for (TestNode node : cluster.nodes) {
            for (String topic : TOPICS) {
                Set<Integer> lanes = new HashSet<>();
                Set<String> here = new HashSet<>();
                for (LaneTargets lane : node.match(topic).lanes()) {
                    lanes.add(lane.lane());
                    lane.targets().forEach(each -> here.add(each.subscriber().clientId()));
                }
                for (Acked each : acked) {
                    if (each.filter.equals(GROUP)) {
                        found++;
                        SharedGroup[] groups = node.match("b/1").groups();
                        assertEquals(1, groups.length, each + " from " + node.id);
                        assertNotNull(groups[0].pick(null), each + " from " + node.id);
                    } else if (matches(each.filter, topic)) {
                        found++;
                        assertTrue(isFound(each, node, lanes, here), each + " from " + node.id);
                    }
                }
            }
        }
    }

    /** A session is in the match, or its stand-in is. */
    private static boolean isFound(
            Acked each, TestNode from, Set<Integer> lanes, Set<String> here) {
        if (each.shard >= 0) {
            return here.contains(each.client) || lanes.contains(LANES.farLane(each.shard));
        }
        return here.contains(from == each.node ? each.client : "node " + each.node.id);
    }

    private static boolean matches(String filter, String topic) {
        return filter.equals(topic)
                || filter.equals("#")
                || filter.equals("b/+") && topic.startsWith("b/")
                || filter.equals("c/#") && topic.startsWith("c/");
    }

    /** Once all rests, the tries have what is wanted and nothing else. */
    private void assertExact() {
        for (TestNode node : cluster.nodes) {
            long routes = 0;
            long subscriptions = 0;
            for (int shard = 0; shard < LANES.shards(); shard++) {
                boolean led = leaders.get(shard) == node;
                Set<String> filters = new HashSet<>();
                stored.get(shard).values().forEach(filters::addAll);
                routes += led ? 0 : filters.size();
                subscriptions +=
                        led ? stored.get(shard).values().stream().mapToInt(Set::size).sum() : 0;
            }
            for (TestNode other : cluster.nodes) {
                Set<String> filters = new HashSet<>();
                transients.stream()
                        .filter(each -> each.node == other)
                        .forEach(each -> filters.add(each.filter));
                routes += other == node ? 0 : filters.size();
            }
            subscriptions += transients.stream().filter(each -> each.node == node).count();
            assertEquals(routes, node.trie.routeCount(), "routes of " + node.id);
            assertEquals(subscriptions, node.trie.subscriptionCount(), "of " + node.id);
        }
    }
}
