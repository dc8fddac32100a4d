package io.carillon.shard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.carillon.loop.ManualLoop;
import io.carillon.mqtt.packet.QoS;
import io.carillon.session.QueueLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A whole node's shards under clients that come and go and a power supply that fails: what was
 * acknowledged arrives, in order, and at QoS 2 once; wills do, too; and at the end nothing is left
 * over. For a longer run: {@code -Dcarillon.shard.seeds=N}, for one seed {@code
 * -Dcarillon.shard.seed=S}.
 */
class ShardModelTest {
    private static final int STEPS = 4_000;
    private static final String SHARED = "$share/g/s/+";
    private static final List<String> TOPICS = List.of("a/1", "a/2", "b/1", "b", "s/1");
    private static final List<List<String>> FILTERS =
            List.of(
                    List.of("a/+"),
                    List.of("b/#", "a/1", "w/+"),
                    List.of("#", SHARED),
                    List.of("a/#", "+/1"),
                    List.of("b", SHARED));

    private RandomGenerator random = RandomGenerator.getDefault();
    private TestNode node = TestNode.start();
    private final List<ModelClient> clients = new ArrayList<>();
    private final ModelHistory history = new ModelHistory(clients);
    private int crashes;

    static LongStream seeds() {
        Long one = Long.getLong("carillon.shard.seed");
        if (one != null) {
            return LongStream.of(one);
        }
        int more = Integer.getInteger("carillon.shard.seeds", 2);
        return LongStream.concat(
                LongStream.of(1, 2, 3, 4, 5),
                RandomGenerator.getDefault().longs(more, 1, 1_000_000_000));
    }

    /**
     * [MQTT-4.1.0-1] [MQTT-4.3.2-4] [MQTT-4.3.3-10] [MQTT-4.4.0-1] [MQTT-4.6.0-1] [MQTT-4.6.0-5]
     * [MQTT-3.1.2-8] [MQTT-3.2.2-2] [MQTT-3.2.2-3] [MQTT-3.3.1-1] [MQTT-3.3.4-9] [MQTT-4.8.2-4]
     * [MQTT3-4.1.0-1] [MQTT3-4.4.0-1] [MQTT3-4.6.0-5] [MQTT3-4.6.0-6].
     */
    @ParameterizedTest
    @MethodSource("seeds")
    void whatIsAcknowledgedArrivesInOrderAndAtQos2Once(long seed) {
        random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        try {
            open();
            for (int i = 0; i < STEPS; i++) {
                step();
            }
            settle();
            check();
            end();
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError("seed " + seed + ", " + crashes + " crashes: " + e, e);
        }
    }

    private void open() {
        QueueLimits queue = new QueueLimits(100_000, 1 << 30, false, 1 + random.nextInt(8));
        node =
                TestNode.idle(
                        1 + random.nextInt(4),
                        new ShardSettings(
                                queue, random.nextBoolean(), 10_000, 100, 1 << 20, 100_000));
        clients.add(new ModelClient("c0", List.of(SHARED, "w/#"), 5)); // never starts clean
        for (int i = 1; i < 5; i++) {
            List<String> filters = FILTERS.get(random.nextInt(FILTERS.size()));
            clients.add(new ModelClient("c" + i, filters, 1 + random.nextInt(10)));
        }
    }

    private void step() {
        ModelClient client = clients.get(random.nextInt(clients.size()));
        int dice = random.nextInt(1_000);
        if (dice < 350) {
            runSomething();
        } else if (dice < 550) {
            client.readOne(node);
        } else if (dice < 720) {
            client.answer(node, 1 + random.nextInt(4));
        } else if (dice < 880) {
            publish(client);
        } else if (dice < 950) {
            if (!client.isConnecting() || random.nextInt(10) == 0) {
                connect(client);
            }
        } else if (dice < 965) {
            client.lose(node, random.nextInt(4) > 0);
        } else if (dice < 985) {
            client.congest(random.nextBoolean(), node);
        } else if (dice < 997) {
            node.clock.advanceMillis(random.nextInt(2_000));
        } else {
            crash();
        }
    }

    private void runSomething() {
        int which = random.nextInt(node.loops.size() + 1);
        ManualLoop loop = which == node.loops.size() ? node.committer : node.loops.get(which);
        switch (random.nextInt(4)) {
            case 0 -> loop.runOne();
            case 1 -> loop.endTurn();
            default -> loop.runTurn();
        }
    }

    private void connect(ModelClient client) {
        boolean clean = clients.indexOf(client) > 0 && random.nextInt(5) == 0;
        client.lose(node, random.nextBoolean());
        client.connect(node, clean, history.will(client));
    }

    private void publish(ModelClient client) {
        // The group always has a member that stays.
        if (!client.isConnected() || !client.subscribed || !clients.getFirst().subscribed) {
            return;
        }
        if (random.nextInt(8) == 0) {
            String topic = "r/" + client.id;
            long number = history.publish(client, topic, QoS.EXACTLY_ONCE);
            client.publish(node, number, topic, QoS.EXACTLY_ONCE, true);
            return;
        }
        String topic = TOPICS.get(random.nextInt(TOPICS.size()));
        QoS qos = QoS.of(random.nextInt(3));
        client.publish(node, history.publish(client, topic, qos), topic, qos, false);
    }

    private void crash() {
        crashes++;
        node.assertHealthy();
        clients.forEach(each -> each.lose(node, false));
        node = node.crashKeeping(random.nextInt(node.memory.unsyncedBatches() + 1));
        if (random.nextInt(4) == 0) {
            node.run();
        }
    }

    /** Everyone comes back, and answers until nothing is left to do. */
    private void settle() {
        for (ModelClient client : clients) {
            client.congest(false, node);
            if (!client.isConnecting()) {
                client.connect(node, false, history.will(client));
            }
        }
        for (int idle = 0; idle < 3; ) {
            node.run();
            boolean busy = false;
            for (ModelClient client : clients) {
                while (client.readOne(node)) {
                    busy = true;
                }
                client.answer(node, Integer.MAX_VALUE);
            }
            idle = busy ? 0 : idle + 1;
        }
    }

    private void check() {
        node.assertHealthy();
        for (ModelClient client : clients) {
            assertTrue(client.isConnected(), client.id + " can't stay connected");
            assertTrue(client.isDone(), client.id + " has unfinished messages");
        }
        history.check();
    }

    /** The sessions end and retained messages are cleared: nothing is left behind. */
    private void end() {
        for (ModelClient client : clients) {
            client.leave(node);
            node.publishRetained("r/" + client.id, "", QoS.AT_LEAST_ONCE);
        }
        node.run();
        node.assertEmptyStore();
        node.assertHealthy();
        assertEquals(0, node.metrics.queueFull.sum());
    }
}
