package io.carillon.shard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.carillon.cluster.replication.LocalLog;
import io.carillon.cluster.replication.LocalLogSettings;
import io.carillon.cluster.replication.SyncPolicy;
import io.carillon.delivery.LocalWays;
import io.carillon.delivery.Router;
import io.carillon.loop.ManualClock;
import io.carillon.loop.ManualLoop;
import io.carillon.mqtt.packet.Message;
import io.carillon.mqtt.packet.QoS;
import io.carillon.mqtt.packet.ReasonCode;
import io.carillon.mqtt.packet.Topic;
import io.carillon.record.ShardRecord;
import io.carillon.session.QueueLimits;
import io.carillon.storage.Cursor;
import io.carillon.storage.Space;
import io.carillon.storage.Store;
import io.carillon.storage.memory.MemoryStore;
import io.carillon.topic.TopicTrie;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The durable side of a node on one thread: shards on manual loops over a store that can crash and
 * fail. Nothing runs unless the test says so.
 */
final class TestNode {
    static final long START_MILLIS = 1_000_000_000_000L;

    /** Small limits, so that tests reach them. */
    static final ShardSettings SETTINGS =
            new ShardSettings(
                    new QueueLimits(1_000, 1 << 20, false, 16),
                    true,
                    10_000,
                    1_000,
                    1 << 20,
                    100_000);

    final ManualClock clock;
    final MemoryStore memory;
    final ManualLoop committer;
    final List<ManualLoop> loops = new ArrayList<>();
    final LocalLog<ShardRecord> log;
    final TopicTrie trie = new TopicTrie();
    final ShardMetrics metrics = new ShardMetrics();
    final RecordingLane lane = new RecordingLane();
    final Shards shards;
    final Router router;
    private final int shardCount;
    private final ShardSettings settings;

    private TestNode(
            ManualClock clock,
            MemoryStore memory,
            int shardCount,
            ShardSettings settings,
            UnaryOperator<Store> wrapper) {
        this.clock = clock;
        this.memory = memory;
        this.shardCount = shardCount;
        this.settings = settings;
        this.committer = new ManualLoop("log-0", clock);
        for (int i = 0; i < Math.min(2, shardCount); i++) {
            loops.add(new ManualLoop("shard-" + i, clock));
        }
        Store store = wrapper.apply(memory);
        this.log = LocalLog.on(committer, store, LocalLogSettings.of(new SyncPolicy.Always()));
        this.shards =
                Shards.of(
                        shardCount,
                        loops,
                        1,
                        log,
                        _ -> store,
                        trie,
                        Announcements.NONE,
                        this::publisher,
                        null,
                        clock,
                        settings,
                        metrics);
        CompletableFuture<Void> opened = shards.open();
        loops.forEach(ManualLoop::runUntilIdle);
        assertTrue(opened.isDone() && !opened.isCompletedExceptionally());
        this.router = new Router(trie, List.of(lane), new LocalWays(1, shards));
        shards.begin();
    }

    private Publisher publisher() {
        return router;
    }

    /** A new node of four shards on two loops. */
    static TestNode start() {
        return start(4, SETTINGS);
    }

    static TestNode start(int shardCount, ShardSettings settings) {
        TestNode node = idle(shardCount, settings);
        node.run();
        return node;
    }

    /** A new node of which nothing has run since it was opened. */
    static TestNode idle(int shardCount, ShardSettings settings) {
        return new TestNode(
                new ManualClock(START_MILLIS),
                new MemoryStore(spaces()),
                shardCount,
                settings,
                UnaryOperator.identity());
    }

    private static List<Space> spaces() {
        return Stream.concat(Spaces.all().stream(), Stream.of(LocalLog.SPACE)).toList();
    }

    /** The power goes; the node starts again from what was synced, and has come to rest. */
    TestNode crash() {
        TestNode next = reopen(0, settings, UnaryOperator.identity());
        next.run();
        return next;
    }

    /** As {@link #crash}, with some of the unsynced batches kept; nothing has run yet. */
    TestNode crashKeeping(int batches) {
        return reopen(batches, settings, UnaryOperator.identity());
    }

    TestNode reopen(int batches, ShardSettings newSettings, UnaryOperator<Store> wrapper) {
        return new TestNode(clock, memory.crash(batches), shardCount, newSettings, wrapper);
    }

    /** Runs everything until it rests. */
    void run() {
        boolean busy = true;
        while (busy) {
            busy = runShardsOnce();
            busy |= committer.runTurn();
        }
    }

    /** Runs the shards until they rest: nothing new becomes durable. */
    void runWithoutSync() {
        while (runShardsOnce()) {
            // again
        }
    }

    private boolean runShardsOnce() {
        boolean busy = false;
        for (ManualLoop loop : loops) {
            busy |= loop.runTurn();
        }
        return busy;
    }

    /** Lets time pass and everything run that is due meanwhile. */
    void advanceSeconds(long seconds) {
        run();
        long left = seconds * 1_000;
        while (left > 0) {
            long by = Math.min(left, left > 200_000 ? 10_000 : 500);
            clock.advanceMillis(by);
            left -= by;
            run();
        }
    }

    /** Publishes as an event loop does. */
    TestReceipt publish(String topic, String payload, QoS qos) {
        return publish(publication(topic, payload, qos, false));
    }

    TestReceipt publishRetained(String topic, String payload, QoS qos) {
        return publish(publication(topic, payload, qos, true));
    }

    TestReceipt publish(Publication publication) {
        TestReceipt receipt = new TestReceipt();
        ReasonCode outcome =
                router.publish(publication, trie.match(publication.message().topic()), receipt);
        if (outcome != null) {
            receipt.done(outcome);
        }
        return receipt;
    }

    static Publication publication(String topic, String payload, QoS qos, boolean retain) {
        return new Publication(message(topic, payload), qos, retain, "publisher");
    }

    static Message message(String topic, String payload) {
        return Message.of(Topic.of(topic), payload.getBytes(StandardCharsets.UTF_8));
    }

    /** All rows of those spaces, as readable text. */
    List<String> rows(Space... spaces) {
        List<String> rows = new ArrayList<>();
        for (Space space : spaces) {
            try (Cursor cursor = memory.cursor(space)) {
                for (boolean more = cursor.seek(new byte[0]); more; more = cursor.next()) {
                    rows.add(space.name() + " " + HexFormat.of().formatHex(cursor.key()));
                }
            }
        }
        return rows;
    }

    /** Nothing is left of any session, queue or retained message. */
    void assertEmptyStore() {
        Space[] spaces =
                Spaces.all().stream()
                        .filter(space -> !space.equals(Spaces.COUNTERS))
                        .filter(space -> !space.equals(Spaces.ORIGINS))
                        .filter(space -> !space.name().equals("retained-totals"))
                        .toArray(Space[]::new);
        assertEquals(List.of(), rows(spaces));
        assertEquals(0, metrics.sessions.get());
        assertEquals(0, metrics.sessionsOnline.get());
        assertEquals(0, metrics.retainedMessages.get());
        assertEquals(0, metrics.retainedBytes.get());
        assertEquals(0, trie.subscriptionCount());
    }

    /** No task of a loop threw: what fails must be told to its sender, not left to the loop. */
    void assertHealthy() {
        assertEquals(0, committer.failures());
        loops.forEach(loop -> assertEquals(0, loop.failures(), loop.name()));
    }

    /** What a publisher is told. */
    static final class TestReceipt implements Receipt {
        private @Nullable ReasonCode outcome;

        @Override
        public void done(ReasonCode result) {
            assertEquals(null, outcome, "a receipt is told once");
            outcome = result;
        }

        @Nullable ReasonCode outcome() {
            return outcome;
        }
    }
}
