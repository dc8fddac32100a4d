package io.carillon.peers.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.carillon.cluster.NodeId;
import io.carillon.cluster.replication.LocalLog;
import io.carillon.cluster.replication.LocalLogSettings;
import io.carillon.cluster.replication.SyncPolicy;
import io.carillon.delivery.PublishReceipt;
import io.carillon.loop.ManualClock;
import io.carillon.loop.ManualLoop;
import io.carillon.mqtt.packet.Message;
import io.carillon.mqtt.packet.QoS;
import io.carillon.mqtt.packet.ReasonCode;
import io.carillon.mqtt.packet.Topic;
import io.carillon.mqtt.packet.TopicFilter;
import io.carillon.peers.PeerMessage;
import io.carillon.peers.PeerMessage.Part;
import io.carillon.peers.PeerMessage.Publishing;
import io.carillon.peers.PeerMessage.Stored;
import io.carillon.peers.Peers;
import io.carillon.peers.ShardLeaders;
import io.carillon.peers.route.PeerNode;
import io.carillon.record.ShardRecord;
import io.carillon.session.QueueLimits;
import io.carillon.shard.Announcements;
import io.carillon.shard.Publication;
import io.carillon.shard.Publisher;
import io.carillon.shard.Receipt;
import io.carillon.shard.ShardMetrics;
import io.carillon.shard.ShardSettings;
import io.carillon.shard.Shards;
import io.carillon.shard.Spaces;
import io.carillon.storage.Space;
import io.carillon.storage.memory.MemoryStore;
import io.carillon.topic.FilterListener;
import io.carillon.topic.LaneTargets;
import io.carillon.topic.Lanes;
import io.carillon.topic.TopicTrie;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Retained messages on their way to one shard, of which the test says who leads it. */
final class DispatchTest {
    private static final NodeId A = new NodeId("a");
    private static final NodeId B = new NodeId("b");
    private static final NodeId C = new NodeId("c");
    private static final long SENDER = -7;
    private static final long BYTES_MAX = 4_000;
    private static final long RETRY_MILLIS = 100;

    private final ManualClock clock = new ManualClock(1_000_000);
    private final ManualLoop loop = new ManualLoop("link-0", clock);
    private final ManualLoop shardLoop = new ManualLoop("shard-0", clock);
    private final FakePeers peers = new FakePeers();
    private final FakeLeaders leaders = new FakeLeaders();
    private final List<ReasonCode> outcomes = new ArrayList<>();
    private final Lanes lanes = new Lanes(1, 1);
    private final TopicTrie trie = new TopicTrie(lanes, FilterListener.NONE);
    private Dispatch dispatch;

    /** What is told to other nodes. */
    private static final class FakePeers implements Peers {
        private final List<Publishing> told = new ArrayList<>();
        private final List<Publishing> toldOnce = new ArrayList<>();
        private final Set<NodeId> there = new HashSet<>(Set.of(B, C));
        private boolean full;

        @Override
        public NodeId self() {
            return A;
        }

        @Override
        public boolean isThere(NodeId node) {
            return there.contains(node);
        }

        @Override
        public boolean tell(NodeId to, PeerMessage message) {
            if (full) {
                return false;
            }
            told.add((Publishing) message);
            return true;
        }

        @Override
        public void tellOnce(NodeId to, PeerMessage message) {
            toldOnce.add((Publishing) message);
        }

        @Override
        public CompletableFuture<PeerMessage> ask(
                NodeId to, PeerMessage question, long timeoutMillis) {
            throw new AssertionError("publications are told, never asked: " + question);
        }

        List<Publishing> take() {
            List<Publishing> taken = List.copyOf(told);
            told.clear();
            return taken;
        }
    }

    private static final class FakeLeaders implements ShardLeaders {
        private final List<Listener> listeners = new ArrayList<>();
        private @Nullable NodeId leader;

        @Override
        public int count() {
            return 1;
        }

        @Override
        public @Nullable NodeId leader(int shard) {
            return leader;
        }

        @Override
        public void listen(Listener listener) {
            listeners.add(listener);
        }
    }

    @BeforeEach
    void start() {
        ManualLoop committer = new ManualLoop("log-0", clock);
        List<Space> spaces = new ArrayList<>(Spaces.all());
        spaces.add(LocalLog.SPACE);
        MemoryStore store = new MemoryStore(spaces);
        LocalLog<ShardRecord> log =
                LocalLog.on(committer, store, LocalLogSettings.of(new SyncPolicy.LeftToSystem()));
        Shards shards =
                Shards.of(
                        1,
                        List.of(shardLoop),
                        1,
                        log,
                        _ -> store,
                        trie,
                        Announcements.NONE,
                        NoPublisher::new,
                        null,
                        clock,
                        new ShardSettings(
                                new QueueLimits(10, 1 << 20, false, 10), true, 10, 10, 1 << 20, 10),
                        new ShardMetrics());
        dispatch =
                new Dispatch(
                        loop,
                        lanes,
                        shards,
                        peers,
                        leaders,
                        NoPublisher::new,
                        new Dispatch.Settings(BYTES_MAX / 2, BYTES_MAX, SENDER));
    }

    @Test
    void aLeaderGetsAllInOrderAndNumberedWithoutGaps() {
        lead(B);
        publish(QoS.AT_LEAST_ONCE, "1");
        publish(QoS.EXACTLY_ONCE, "2");
        assertEquals(List.of("1:1", "2:2"), sent());
        assertEquals(List.of(), outcomes);
    }

    @Test
    void anAnswerCompletesTheReceipt() {
        lead(B);
        publish(QoS.AT_LEAST_ONCE, "1");
        answer(peers.take().getFirst(), ReasonCode.QUOTA_EXCEEDED);
        assertEquals(List.of(ReasonCode.QUOTA_EXCEEDED), outcomes);
        assertEquals(0, dispatch.unansweredBytes());
    }

    @Test
    void withoutALeaderItWaits() {
        publish(QoS.AT_LEAST_ONCE, "1");
        publish(QoS.AT_LEAST_ONCE, "2");
        assertEquals(List.of(), sent());
        lead(C);
        assertEquals(List.of("1:1", "2:2"), sent());
    }

    @Test
    void theNextLeaderGetsWhatTheLastDidNotAnswerAndKnowsThatItComesAgain() {
        lead(B);
        publish(QoS.AT_LEAST_ONCE, "1");
        publish(QoS.AT_LEAST_ONCE, "2");
        answer(peers.take().getFirst(), ReasonCode.SUCCESS);
        lead(null);
        publish(QoS.AT_LEAST_ONCE, "3");
        lead(C);
        List<Publishing> again = peers.take();
        assertEquals(List.of("2:2", "3:3"), again.stream().map(DispatchTest::text).toList());
        assertEquals(List.of(true, false), again.stream().map(each -> part(each).again()).toList());
        assertEquals(List.of(2L, 2L), again.stream().map(each -> part(each).first()).toList());
    }

    @Test
    void whatIsSentBackGoesAgainWithAllBehindIt() {
        lead(B);
        publish(QoS.AT_LEAST_ONCE, "1");
        publish(QoS.AT_LEAST_ONCE, "2");
        for (Publishing each : peers.take()) {
            sendBack(each);
        }
        publish(QoS.AT_LEAST_ONCE, "3");
        assertEquals(List.of(), sent(), "nothing overtakes");
        loop.advanceMillis(RETRY_MILLIS);
        assertEquals(List.of("1:1", "2:2", "3:3"), sent());
    }

    @Test
    void anAnswerOfAFormerLeaderIsNotHeard() {
        lead(B);
        publish(QoS.AT_LEAST_ONCE, "1");
        Publishing toB = peers.take().getFirst();
        lead(C);
        Publishing toC = peers.take().getFirst();
        answer(toB, ReasonCode.SUCCESS);
        assertEquals(List.of(), outcomes);
        answer(toC, ReasonCode.SUCCESS);
        assertEquals(List.of(ReasonCode.SUCCESS), outcomes);
    }

    @Test
    void qos0IsNotKept() {
        publish(QoS.AT_MOST_ONCE, "1");
        assertEquals(1, dispatch.dropped());
        lead(B);
        publish(QoS.AT_MOST_ONCE, "2");
        assertEquals(List.of(), sent());
        assertEquals(0, part(peers.toldOnce.getFirst()).number());
        assertEquals(0, dispatch.unansweredBytes());
    }

    @Test
    void whoWaitsForRetainedMessagesWaitsForThoseOfNow() {
        lead(B);
        List<String> done = new ArrayList<>();
        dispatch.retainedUnderWay().whenDone(() -> done.add("at once"));
        publish(QoS.AT_LEAST_ONCE, "1");
        publish(QoS.AT_LEAST_ONCE, "2");
        dispatch.retainedUnderWay().whenDone(() -> done.add("1 and 2"));
        publish(QoS.AT_LEAST_ONCE, "3");
        dispatch.retainedUnderWay().whenDone(() -> done.add("all"));
        List<Publishing> sent = peers.take();
        answer(sent.get(2), ReasonCode.SUCCESS);
        answer(sent.get(0), ReasonCode.SUCCESS);
        assertEquals(List.of("at once"), done);
        answer(sent.get(1), ReasonCode.SUCCESS);
        assertEquals(List.of("at once", "1 and 2", "all"), done);
    }

    /** The publisher matches as soon as the call returns. */
    @Test
    void aRetainedMessageIsWaitedForFromTheCallOn() {
        PublishReceipt receipt = new PublishReceipt(outcomes::add);
        dispatch.retain(publication(QoS.AT_LEAST_ONCE, "1", true), receipt);
        receipt.seal();
        List<String> done = new ArrayList<>();
        dispatch.retainedUnderWay().whenDone(() -> done.add("done"));
        lead(B);
        assertEquals(List.of(), done);
        peers.take().forEach(each -> answer(each, ReasonCode.SUCCESS));
        assertEquals(List.of("done"), done);
        assertEquals(List.of(ReasonCode.SUCCESS), outcomes);
    }

    @Test
    void moreThanTheBoundIsRefused() {
        int count = 0;
        while (outcomes.isEmpty()) {
            publish(QoS.AT_LEAST_ONCE, "x".repeat(100));
            count++;
            assertTrue(count <= BYTES_MAX / 100);
        }
        assertEquals(List.of(ReasonCode.IMPLEMENTATION_SPECIFIC_ERROR), outcomes);
        assertTrue(dispatch.congested());
        lead(B);
        peers.take().forEach(each -> answer(each, ReasonCode.SUCCESS));
        assertFalse(dispatch.congested());
    }

    @Test
    void aFullLinkIsTriedAgain() {
        lead(B);
        peers.full = true;
        publish(QoS.AT_LEAST_ONCE, "1");
        peers.full = false;
        assertEquals(List.of(), outcomes);
        loop.advanceMillis(RETRY_MILLIS);
        assertEquals(List.of("1:1"), sent());
    }

    @Test
    void transientSubscribersOfANodeThatTookThisOneForGoneGetAllOfItAgain() {
        wantAt(B);
        publish(QoS.AT_LEAST_ONCE, "1", false);
        publish(QoS.AT_LEAST_ONCE, "2", false);
        assertEquals(List.of("1:1", "2:2"), sent());
        loop.execute(() -> dispatch.gone(B));
        loop.runUntilIdle();
        publish(QoS.AT_LEAST_ONCE, "3", false);
        assertEquals(List.of(), sent(), "nothing overtakes");
        loop.advanceMillis(RETRY_MILLIS);
        List<Publishing> again = peers.take();
        assertEquals(List.of("1:1", "2:2", "3:3"), again.stream().map(DispatchTest::text).toList());
        again.forEach(each -> answer(each, ReasonCode.SUCCESS));
        assertEquals(3, outcomes.size());
    }

    @Test
    void transientSubscribersGoWithTheirNode() {
        wantAt(B);
        publish(QoS.AT_LEAST_ONCE, "1", false);
        peers.there.remove(B);
        peers.full = true;
        loop.execute(() -> dispatch.gone(B));
        loop.advanceMillis(RETRY_MILLIS);
        assertEquals(List.of(ReasonCode.SUCCESS), outcomes);
        assertEquals(0, dispatch.unansweredBytes());
    }

    @Test
    void whatANodeCanNotTakeInItsOrderGoesAgain() {
        wantAt(B);
        publish(QoS.AT_LEAST_ONCE, "1", false);
        Publishing first = peers.take().getFirst();
        hear(new Stored(first.receipt(), ReasonCode.SUCCESS, List.of(Part.TRANSIENTS)));
        assertEquals(List.of(), outcomes);
        loop.advanceMillis(RETRY_MILLIS);
        assertEquals(List.of("1:1"), sent());
    }

    /** A transient subscriber is at that node. */
    private void wantAt(NodeId node) {
        trie.route(new PeerNode(lanes, 0, node), TopicFilter.of("t"));
    }

    private void publish(QoS qos, String payload) {
        publish(qos, payload, true);
    }

    private void publish(QoS qos, String payload, boolean retain) {
        Publication publication = publication(qos, payload, retain);
        PublishReceipt receipt = qos == QoS.AT_MOST_ONCE ? null : new PublishReceipt(outcomes::add);
        if (retain) {
            dispatch.retain(publication, receipt);
        } else {
            LaneTargets[] match = trie.match(Topic.of("t")).lanes();
            dispatch.handOut(publication, match, List.of(), receipt);
        }
        if (receipt != null) {
            receipt.seal();
        }
        loop.runUntilIdle();
    }

    private static Publication publication(QoS qos, String payload, boolean retain) {
        return new Publication(
                Message.of(Topic.of("t"), payload.getBytes(StandardCharsets.UTF_8)),
                qos,
                retain,
                "publisher");
    }

    private void lead(@Nullable NodeId leader) {
        leaders.leader = leader;
        loop.execute(() -> leaders.listeners.forEach(each -> each.changed(0, leader)));
        loop.runUntilIdle();
    }

    private void answer(Publishing publishing, ReasonCode outcome) {
        hear(new Stored(publishing.receipt(), outcome, List.of()));
    }

    private void sendBack(Publishing publishing) {
        hear(new Stored(publishing.receipt(), ReasonCode.SUCCESS, List.of(0)));
    }

    private void hear(Stored stored) {
        loop.execute(() -> dispatch.received(stored));
        loop.runUntilIdle();
    }

    /** Number and payload of what was told since the last call. */
    private List<String> sent() {
        return peers.take().stream().map(DispatchTest::text).toList();
    }

    private static String text(Publishing publishing) {
        byte[] payload = publishing.publication().message().payload();
        return part(publishing).number() + ":" + new String(payload, StandardCharsets.UTF_8);
    }

    private static Part part(Publishing publishing) {
        assertEquals(1, publishing.parts().size());
        return publishing.parts().getFirst();
    }

    /**
     * Who is asked for another member of a shared subscription, and for nothing else: there is none
     * in these tests.
     */
    private static final class NoPublisher implements Publisher {
        @Override
        public void publish(Publication publication, Receipt receipt) {
            throw new AssertionError("no shared subscription is in play: " + publication);
        }

        @Override
        public void redispatch(
                Publication publication,
                TopicFilter sharedFilter,
                String leavingClientId,
                Receipt receipt) {
            throw new AssertionError("no shared subscription is in play: " + publication);
        }
    }
}
