package io.carillon.peers.retained;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.carillon.cluster.NodeId;
import io.carillon.cluster.replication.LocalLog;
import io.carillon.cluster.replication.LocalLogSettings;
import io.carillon.cluster.replication.SyncPolicy;
import io.carillon.loop.ManualClock;
import io.carillon.loop.ManualLoop;
import io.carillon.mqtt.packet.Message;
import io.carillon.mqtt.packet.QoS;
import io.carillon.mqtt.packet.Topic;
import io.carillon.mqtt.packet.TopicFilter;
import io.carillon.peers.PeerMessage;
import io.carillon.peers.PeerMessage.AskRetained;
import io.carillon.peers.PeerMessage.RetainedRows;
import io.carillon.peers.Peers;
import io.carillon.peers.ShardLeaders;
import io.carillon.record.ShardRecord;
import io.carillon.session.QueueLimits;
import io.carillon.shard.Announcements;
import io.carillon.shard.Publication;
import io.carillon.shard.RetainedPage;
import io.carillon.shard.ShardMetrics;
import io.carillon.shard.ShardSettings;
import io.carillon.shard.Shards;
import io.carillon.shard.Spaces;
import io.carillon.storage.memory.MemoryStore;
import io.carillon.topic.FilterListener;
import io.carillon.topic.Lanes;
import io.carillon.topic.TopicTrie;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Look-ups that meet a shard whose leadership has just moved, or has not begun. */
class RetainedElsewhereTest {
    private static final NodeId SELF = new NodeId("n1");
    private static final Topic TOPIC = Topic.of("a/b");

    private final ManualClock clock = new ManualClock(0);
    private final ManualLoop cluster = new ManualLoop("link-0", clock);
    private final ManualLoop loop = new ManualLoop("shard-0", clock);
    private final ManualLoop committer = new ManualLoop("log-0", clock);
    private final MemoryStore store =
            new MemoryStore(
                    Stream.concat(Spaces.all().stream(), Stream.of(LocalLog.SPACE)).toList());
    private final LocalLog<ShardRecord> log =
            LocalLog.on(committer, store, LocalLogSettings.of(new SyncPolicy.Always()));
    private final Shards shards =
            Shards.of(
                    1,
                    List.of(loop),
                    1,
                    log,
                    _ -> store,
                    new TopicTrie(new Lanes(1, 1), FilterListener.NONE),
                    Announcements.NONE,
                    () -> {
                        throw new AssertionError("nothing is published");
                    },
                    null,
                    clock,
                    new ShardSettings(
                            new QueueLimits(1_000, 1 << 20, false, 16),
                            true,
                            10_000,
                            1_000,
                            1 << 20,
                            1_000,
                            0),
                    new ShardMetrics());
    private final Alone alone = new Alone();

    /** Knows nobody, and takes itself for the leader. */
    private static final class Alone implements Peers, ShardLeaders {
        @Override
        public NodeId self() {
            return SELF;
        }

        @Override
        public boolean isThere(NodeId node) {
            return node.equals(SELF);
        }

        @Override
        public boolean tell(NodeId to, PeerMessage message) {
            return false;
        }

        @Override
        public void tellOnce(NodeId to, PeerMessage message) {}

        @Override
        public CompletableFuture<PeerMessage> ask(NodeId to, PeerMessage question, long millis) {
            return CompletableFuture.failedFuture(new IllegalStateException(to + " is not there"));
        }

        @Override
        public int count() {
            return 1;
        }

        @Override
        public @Nullable NodeId leader(int shard) {
            return SELF;
        }

        @Override
        public void listen(Listener listener) {}
    }

    private void run() {
        boolean busy = true;
        while (busy) {
            busy = cluster.runTurn() | loop.runTurn() | committer.runTurn();
        }
        assertEquals(0, cluster.failures() + loop.failures() + committer.failures());
    }

    private void lead() {
        var _ = shards.open();
        run();
        shards.begin();
        run();
        shards.retain(
                new Publication(Message.of(TOPIC, new byte[] {1}), QoS.AT_LEAST_ONCE, true, "p"),
                null);
        run();
    }

    @Test
    void whatIsNotLedHereYetIsLookedUpAgain() {
        RetainedElsewhere retained = new RetainedElsewhere(cluster, () -> shards, alone, alone);
        List<RetainedPage> pages = new ArrayList<>();
        retained.read(retained.retained(TopicFilter.of("a/b")), pages::add);
        run();
        assertEquals(List.of(), pages);
        lead();
        clock.advanceMillis(200);
        run();
        assertEquals(1, pages.size());
        assertEquals(1, pages.getFirst().rows().size());
        assertNull(pages.getFirst().next());
    }

    @Test
    void whoAsksIsToldThatNothingWasRead() {
        RetainedAnswers answers = new RetainedAnswers(cluster, shards, alone, alone);
        AskRetained question = new AskRetained("a/b", List.of(0), null);
        List<RetainedRows> told = new ArrayList<>();
        cluster.execute(() -> answers.answer(question, told::add));
        run();
        assertEquals(List.of(new RetainedRows(List.of(), List.of(0), null)), told);
        lead();
        cluster.execute(() -> answers.answer(question, told::add));
        run();
        assertEquals(1, told.getLast().rows().size());
        assertEquals(List.of(), told.getLast().shards());
    }
}
