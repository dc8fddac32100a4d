package io.carillon.shard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.carillon.cluster.Epoch;
import io.carillon.cluster.ShardId;
import io.carillon.cluster.replication.AppendRefused;
import io.carillon.cluster.replication.LocalLog;
import io.carillon.cluster.replication.LocalLogSettings;
import io.carillon.cluster.replication.ReplicatedLog;
import io.carillon.cluster.replication.ShardMachine;
import io.carillon.cluster.replication.SyncPolicy;
import io.carillon.loop.Loop;
import io.carillon.loop.ManualClock;
import io.carillon.loop.ManualLoop;
import io.carillon.mqtt.packet.QoS;
import io.carillon.mqtt.packet.ReasonCode;
import io.carillon.mqtt.packet.Suback;
import io.carillon.mqtt.packet.Subscription;
import io.carillon.mqtt.packet.SubscriptionOptions;
import io.carillon.mqtt.packet.Topic;
import io.carillon.mqtt.packet.TopicFilter;
import io.carillon.record.ShardRecord;
import io.carillon.session.SubscribeCommand;
import io.carillon.storage.Batch;
import io.carillon.storage.memory.MemoryStore;
import io.carillon.topic.FilterListener;
import io.carillon.topic.LaneTargets;
import io.carillon.topic.Lanes;
import io.carillon.topic.Match;
import io.carillon.topic.Targets;
import io.carillon.topic.TopicTrie;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a shard tells others and the trie while its leadership comes and goes. */
class LeadershipChangeTest {
    private static final String FILTER = "a/+";
    private static final Topic TOPIC = Topic.of("a/b");

    private final List<String> told = new ArrayList<>();
    private final ManualClock clock = new ManualClock(0);
    private final ManualLoop loop = new ManualLoop("shard-0", clock);
    private final ManualLoop committer = new ManualLoop("log-0", clock);
    private final TopicTrie trie = new TopicTrie(new Lanes(1, 1), new Wanted());
    private final Others others = new Others();
    private final Log log = new Log();
    private final Shards shards;

    LeadershipChangeTest() {
        shards =
                Shards.of(
                        1,
                        List.of(loop),
                        1,
                        log,
                        _ -> log.store,
                        trie,
                        others,
                        () -> {
                            throw new AssertionError("nothing is published");
                        },
                        null,
                        clock,
                        TestNode.SETTINGS,
                        new ShardMetrics());
        var _ = shards.open();
        run();
        shards.begin();
        run();
        assertEquals(List.of("lead", "restored"), told);
        told.clear();
    }

    /** Writes down what the trie says of shared filters. */
    private final class Wanted implements FilterListener {
        @Override
        public void first(int party, TopicFilter filter) {}

        @Override
        public void last(int party, TopicFilter filter) {}

        @Override
        public void members(int party, TopicFilter sharedFilter, int connected, int total) {
            told.add(sharedFilter + " of " + party + ": " + connected + " of " + total);
        }
    }

    /** Other nodes, which answer when the test says so. */
    private final class Others implements Announcements {
        private final List<Runnable> waiting = new ArrayList<>();
        boolean slow;

        @Override
        public void lead(int shard, Epoch epoch) {
            told.add("lead");
        }

        @Override
        public void restored(int shard) {
            told.add("restored");
        }

        @Override
        public void resign(int shard, Runnable then) {
            told.add("resign");
            waiting.add(then);
        }

        @Override
        public void await(int shard, Runnable task) {
            if (slow) {
                waiting.add(task);
            } else {
                task.run();
            }
        }

        void answer() {
            List<Runnable> tasks = List.copyOf(waiting);
            waiting.clear();
            tasks.forEach(Runnable::run);
        }
    }

    /** A log that loses and wins elections when the test says so. */
    private final class Log implements ReplicatedLog<ShardRecord> {
        final MemoryStore store =
                new MemoryStore(
                        Stream.concat(Spaces.all().stream(), Stream.of(LocalLog.SPACE)).toList());
        final LocalLog<ShardRecord> local =
                LocalLog.on(committer, store, LocalLogSettings.of(new SyncPolicy.Always()));
        @Nullable ShardMachine<ShardRecord> machine;
        @Nullable Epoch epoch;

        @Override
        public void open(ShardId shard, Loop shardLoop, ShardMachine<ShardRecord> opened) {
            machine = opened;
            local.open(shard, shardLoop, new Watched(opened));
        }

        void lose() {
            loop.execute(() -> Objects.requireNonNull(machine).follow("another is elected"));
        }

        void win() {
            loop.execute(() -> Objects.requireNonNull(machine).lead(Objects.requireNonNull(epoch)));
        }

        @Override
        public void append(ShardId shard, Epoch fence, ShardRecord record) throws AppendRefused {
            local.append(shard, fence, record);
        }

        @Override
        public void flush(ShardId shard) {
            local.flush(shard);
        }

        @Override
        public boolean congested() {
            return false;
        }

        @Override
        public boolean full() {
            return false;
        }

        /** Remembers the epoch. */
        private final class Watched implements ShardMachine<ShardRecord> {
            private final ShardMachine<ShardRecord> shard;

            Watched(ShardMachine<ShardRecord> shard) {
                this.shard = shard;
            }

            @Override
            public void lead(Epoch begun) {
                epoch = begun;
                shard.lead(begun);
            }

            @Override
            public void follow(String reason) {
                shard.follow(reason);
            }

            @Override
            public void apply(ShardRecord record, Batch batch) {
                shard.apply(record, batch);
            }

            @Override
            public void committed(int count) {
                shard.committed(count);
            }
        }
    }

    private void run() {
        boolean busy = true;
        while (busy) {
            busy = loop.runTurn() | committer.runTurn();
        }
        assertEquals(0, loop.failures() + committer.failures());
    }

    private FakeOutlet attach(String client) {
        FakeOutlet outlet = new FakeOutlet();
        shards.attach(new AttachRequest(client, "user", false, 3_600, 100, null, outlet));
        run();
        assertTrue(outlet.isOpen());
        return outlet;
    }

    private void subscribe(String client, FakeOutlet outlet, String filter) {
        Subscription subscription =
                new Subscription(
                        TopicFilter.of(filter), SubscriptionOptions.of(QoS.AT_LEAST_ONCE), 0);
        shards.subscribe(
                client,
                outlet.attachment(),
                new SubscribeCommand(1, List.of(new SubscribeCommand.Granted(subscription))));
    }

    private @Nullable Targets found() {
        Match match = trie.match(TOPIC);
        LaneTargets[] lanes = match.lanes();
        return lanes.length == 0 ? null : lanes[0].targets();
    }

    private static boolean isAnswered(FakeOutlet outlet) {
        return outlet.sent.stream().anyMatch(Suback.class::isInstance);
    }

    @Test
    void sessionsAreFoundUntilTheTrieKnowsThemElsewhere() {
        FakeOutlet outlet = attach("anna");
        subscribe("anna", outlet, FILTER);
        run();
        log.lose();
        run();
        assertEquals(List.of("resign"), told);
        assertTrue(!outlet.isOpen());
        assertTrue(found() != null, "no message may pass them by");
        others.answer();
        run();
        assertNull(found());
    }

    @Test
    void nextLeadershipBeginsWhenTheLastHasLeft() {
        subscribe("anna", attach("anna"), FILTER);
        run();
        log.lose();
        log.win();
        run();
        assertEquals(List.of("resign"), told);
        others.answer();
        run();
        assertEquals(List.of("resign", "lead", "restored"), told);
        assertEquals(1, trie.subscriptionCount());
        assertTrue(found() != null);
        attach("anna");
    }

    @Test
    void whoLosesAgainBeforeThatDoesNotLead() {
        subscribe("anna", attach("anna"), FILTER);
        run();
        log.lose();
        log.win();
        log.lose();
        run();
        others.answer();
        run();
        assertEquals(List.of("resign"), told);
        assertNull(found());
    }

    /** What was found under a former leadership is neither stored nor said to be. */
    @Test
    void targetsOfFormerLeadershipAreSentBack() {
        subscribe("anna", attach("anna"), FILTER);
        run();
        Targets old = Objects.requireNonNull(found());
        log.lose();
        run();
        others.answer();
        log.win();
        run();
        assertEquals(ReasonCode.USE_ANOTHER_SERVER, handOut(old));
        assertEquals(ReasonCode.SUCCESS, handOut(Objects.requireNonNull(found())));
    }

    /** Whoever asks before all sessions are back in the trie, or after, reaches them all. */
    @Test
    void whoWantsItIsLookedUpWhenTheTurnComes() {
        FakeOutlet anna = attach("anna");
        subscribe("anna", anna, FILTER);
        run();
        log.lose();
        others.answer();
        run();
        TestNode.TestReceipt refused = handOut();
        log.win();
        TestNode.TestReceipt stored = handOut();
        run();
        assertEquals(ReasonCode.USE_ANOTHER_SERVER, refused.outcome());
        assertEquals(ReasonCode.USE_ANOTHER_SERVER, stored.outcome(), "the last has not left");
        others.answer();
        run();
        stored = handOut();
        run();
        assertEquals(ReasonCode.SUCCESS, stored.outcome());
        FakeOutlet again = attach("anna");
        assertEquals(1, again.sent.size());
    }

    private TestNode.TestReceipt handOut() {
        TestNode.TestReceipt receipt = new TestNode.TestReceipt();
        shards.give(
                0,
                new Parcel(
                        TestNode.publication(TOPIC.name(), "x", QoS.AT_LEAST_ONCE, false),
                        new Parcel.Purpose.Matching(),
                        null),
                receipt);
        return receipt;
    }

    private @Nullable ReasonCode handOut(Targets targets) {
        TestNode.TestReceipt receipt = new TestNode.TestReceipt();
        shards.handOut(
                0,
                TestNode.publication(TOPIC.name(), "x", QoS.AT_LEAST_ONCE, false),
                targets,
                receipt);
        run();
        return receipt.outcome();
    }

    /** [MQTT-3.8.4-1] */
    @Test
    void subackWaitsForTheDiskAndForOthers() {
        FakeOutlet outlet = attach("anna");
        others.slow = true;
        subscribe("anna", outlet, "a/b");
        run();
        assertTrue(!isAnswered(outlet), "others don't know");
        others.answer();
        run();
        assertTrue(isAnswered(outlet));

        outlet.sent.clear();
        subscribe("anna", outlet, "a/c");
        loop.runUntilIdle();
        others.answer();
        loop.runUntilIdle();
        assertTrue(!isAnswered(outlet), "the disk does not have it");
        run();
        assertTrue(isAnswered(outlet));
    }

    @Test
    void subackIsNotSentToTheNextConnection() {
        FakeOutlet outlet = attach("anna");
        others.slow = true;
        subscribe("anna", outlet, "a/b");
        run();
        FakeOutlet next = attach("anna");
        others.answer();
        run();
        assertTrue(!isAnswered(outlet) && !isAnswered(next));
    }

    @Test
    void membersAreToldAsTheyConnectAndDisconnect() {
        String group = "$share/g/a";
        FakeOutlet anna = attach("anna");
        subscribe("anna", anna, group);
        subscribe("anna", anna, FILTER);
        FakeOutlet emil = attach("emil");
        subscribe("emil", emil, group);
        run();
        assertEquals(List.of(group + " of 1: 1 of 1", group + " of 1: 2 of 2"), told);
        told.clear();
        shards.detach("anna", anna.attachment(), false, -1);
        run();
        assertEquals(List.of(group + " of 1: 1 of 2"), told);
        told.clear();
        attach("anna");
        assertEquals(List.of(group + " of 1: 2 of 2"), told);
        told.clear();
        log.lose();
        run();
        others.answer();
        run();
        assertEquals(
                List.of(
                        group + " of 1: 1 of 2",
                        group + " of 1: 0 of 2",
                        "resign",
                        group + " of 1: 0 of 1",
                        group + " of 1: 0 of 0"),
                told);
    }
}
