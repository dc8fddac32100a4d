package io.carillon.peers.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.carillon.loop.ManualLoop;
import io.carillon.mqtt.packet.QoS;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Clients of durable sessions at three nodes while leaders change at any step, nodes die, and what
 * was not committed vanishes or not: what was acknowledged arrives, in order, at QoS 2 once, and
 * nothing is sent twice on a connection that lives. For a longer run: {@code
 * -Dcarillon.sessions.seeds=N}, for one seed {@code -Dcarillon.sessions.seed=S}.
 */
class LeaderChangeSimulationTest {
    private static final int STEPS = 6_000;
    private static final int SHARDS = 2;
    private static final List<String> TOPICS = List.of("a", "b", "c");

    private record Published(ModelClient publisher, QoS qos, List<ModelClient> receivers) {}

    private RandomGenerator random = RandomGenerator.getDefault();
    private TestCluster cluster = TestCluster.of(3, SHARDS);
    private final List<ModelClient> clients = new ArrayList<>();
    private final Map<Long, Published> published = new HashMap<>();
    private int changes;
    private int deaths;

    static LongStream seeds() {
        Long one = Long.getLong("carillon.sessions.seed");
        if (one != null) {
            return LongStream.of(one);
        }
        int more = Integer.getInteger("carillon.sessions.seeds", 3);
        return LongStream.concat(
                LongStream.of(1, 2, 3, 4, 5),
                RandomGenerator.getDefault().longs(more, 1, 1_000_000_000));
    }

    /** [MQTT-4.3.2-4] [MQTT-4.3.3-10] [MQTT-4.4.0-1] [MQTT-4.6.0-1] [MQTT-3.3.4-9]. */
    @ParameterizedTest
    @MethodSource("seeds")
    void whoLeadsMakesNoDifferenceToClients(long seed) {
        random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        try {
            cluster = TestCluster.of(3, SHARDS);
            for (int i = 0; i < 4; i++) {
                String filter = i == 0 ? "#" : TOPICS.get(random.nextInt(TOPICS.size()));
                clients.add(new ModelClient("c" + i, filter, 1 + random.nextInt(8)));
            }
            for (int i = 0; i < STEPS; i++) {
                step();
            }
            settle();
            check();
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError(
                    "seed " + seed + ", " + changes + " changes, " + deaths + " deaths: " + e, e);
        }
    }

    private <T> T any(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    private void step() {
        ModelClient client = any(clients);
        int dice = random.nextInt(1_000);
        if (dice < 500) {
            runSomething();
        } else if (dice < 640) {
            client.readOne();
        } else if (dice < 760) {
            client.answer(1 + random.nextInt(4));
        } else if (dice < 880) {
            publish(client);
        } else if (dice < 940) {
            if (!client.isConnecting() || random.nextInt(20) == 0) {
                client.connect(any(cluster.nodes));
            }
        } else if (dice < 945) {
            client.vanish();
        } else if (dice < 955) {
            client.congest(random.nextBoolean());
        } else if (dice < 965) {
            TestNode node = any(cluster.nodes);
            node.refuses = !node.refuses && random.nextInt(3) == 0;
        } else if (dice < 975) {
            cluster.clock.advanceMillis(random.nextInt(300));
        } else if (dice < 998) {
            changeLeader();
        } else {
            replaceNode();
        }
    }

    private void runSomething() {
        TestNode node = any(cluster.nodes);
        ManualLoop loop = any(node.loops());
        switch (random.nextInt(8)) {
            case 0 -> loop.runOne();
            case 1 -> loop.endTurn();
            case 2 -> node.deliver(any(cluster.nodes));
            case 3 -> node.dispatch.deliver(random.nextInt(SHARDS));
            case 4 -> commit();
            default -> {
                loop.runTurn();
                node.deliver(any(cluster.nodes));
            }
        }
    }

    private void commit() {
        Replicas shard = any(cluster.shards);
        TestNode leader = shard.leader();
        int most = 1 + random.nextInt(8);
        if (leader != null) {
            leader.shardLoop.execute(
                    () -> {
                        if (leader.equals(shard.leader())) {
                            shard.commit(most);
                        }
                    });
        }
    }

    private void changeLeader() {
        int shard = random.nextInt(SHARDS);
        Replicas replicas = cluster.shards.get(shard);
        TestNode leader = replicas.leader();
        if (leader == null) {
            cluster.elect(shard, any(cluster.nodes));
            return;
        }
        if (random.nextInt(3) > 0) {
            return;
        }
        if (random.nextInt(3) == 0) {
            handOver(leader, replicas);
            return;
        }
        changes++;
        leader.shardLoop.execute(
                () -> {
                    if (leader.equals(replicas.leader())) {
                        replicas.lose(random.nextInt(replicas.pending() + 1));
                    }
                });
        if (random.nextBoolean()) {
            cluster.tell(shard, null);
        }
    }

    /**
     * Begins to hand a shard over, or is done with that: all is committed, or nothing comes of it.
     */
    private void handOver(TestNode leader, Replicas replicas) {
        boolean succeeds = random.nextBoolean();
        leader.shardLoop.execute(
                () -> {
                    if (!leader.equals(replicas.leader())) {
                        return;
                    }
                    if (!replicas.isPaused()) {
                        replicas.pause(true);
                    } else if (succeeds && replicas.pending() == 0) {
                        changes++;
                        replicas.lose(0);
                    } else {
                        replicas.pause(false);
                    }
                });
    }

    private void replaceNode() {
        if (random.nextInt(3) == 0) {
            deaths++;
            TestNode node = any(cluster.nodes);
            cluster.kill(node);
            cluster.start("m" + deaths);
        }
    }

    private void publish(ModelClient client) {
        if (!client.isConnected()) {
            return;
        }
        long number = published.size() + 1L;
        String topic = any(TOPICS);
        QoS qos = random.nextBoolean() ? QoS.AT_LEAST_ONCE : QoS.EXACTLY_ONCE;
        List<ModelClient> receivers =
                clients.stream().filter(each -> each.subscribed && each.wants(topic)).toList();
        published.put(number, new Published(client, qos, receivers));
        client.publish(number, topic, qos);
    }

    /** Leaders are there again, everyone comes back, and all that is left to do is done. */
    private void settle() {
        for (TestNode node : cluster.nodes) {
            node.refuses = false;
        }
        for (int idle = 0; idle < 5; ) {
            cluster.runWithoutCommit();
            for (Replicas replicas : cluster.shards) {
                TestNode leader = replicas.leader();
                if (leader != null) {
                    leader.shardLoop.execute(
                            () -> {
                                if (leader.equals(replicas.leader())) {
                                    replicas.pause(false);
                                }
                            });
                }
            }
            for (int shard = 0; shard < SHARDS; shard++) {
                if (cluster.shards.get(shard).leader() == null) {
                    cluster.elect(shard, any(cluster.nodes));
                }
            }
            cluster.advanceMillis(500);
            boolean busy = false;
            for (ModelClient client : clients) {
                client.congest(false);
                if (!client.isConnecting()) {
                    client.connect(any(cluster.nodes));
                }
                while (client.readOne()) {
                    busy = true;
                }
                client.answer(Integer.MAX_VALUE);
            }
            idle = busy ? 0 : idle + 1;
        }
    }

    private void check() {
        cluster.assertHealthy();
        for (ModelClient client : clients) {
            assertTrue(client.isConnected(), client + " can't stay connected");
            assertTrue(
                    client.isDone(), client + " has unfinished messages, " + client.unfinished());
        }
        published.forEach(
                (number, message) -> {
                    if (message.publisher().accepted.contains(number)) {
                        message.receivers().forEach(each -> assertGot(each, number, message));
                    }
                });
        clients.forEach(this::assertInOrder);
    }

    private static void assertGot(ModelClient receiver, long number, Published message) {
        long times = receiver.deliveries.stream().filter(each -> each.number() == number).count();
        assertTrue(times > 0, receiver + " never got " + number + " at " + message.qos());
        if (message.qos() == QoS.EXACTLY_ONCE) {
            assertEquals(1, times, receiver + " got " + number + " not once");
        }
    }

    /**
     * First deliveries of one publisher, topic and QoS come in the order of publishing; what is
     * from before the subscription may come late.
     */
    private void assertInOrder(ModelClient receiver) {
        Map<String, Long> last = new HashMap<>();
        for (ModelClient.Delivery each : receiver.deliveries.stream().distinct().toList()) {
            Published message = published.get(each.number());
            if (message == null || !message.receivers().contains(receiver)) {
                continue;
            }
            String stream = each.publisher() + " " + each.topic() + " " + each.qos();
            Long before = last.put(stream, each.number());
            assertTrue(
                    before == null || before < each.number(),
                    receiver + " got " + each + " behind " + before);
        }
    }
}
