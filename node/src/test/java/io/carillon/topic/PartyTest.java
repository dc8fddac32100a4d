package io.carillon.topic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.carillon.mqtt.packet.QoS;
import io.carillon.mqtt.packet.Subscription;
import io.carillon.mqtt.packet.Topic;
import io.carillon.mqtt.packet.TopicFilter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a trie with peers tells of its parties, while stand-ins come and go beside them. */
class PartyTest {
    private static final Lanes LANES = new Lanes(2, 2);
    private static final String[] FILTERS = {
        "a", "a/+", "b/#", "a/b", "$share/g/a", "$share/h/a", "$share/g/b/#"
    };

    /** Stands for somebody. */
    private static final class Somebody extends StandIn {
        Somebody(int lane) {
            super(lane, "stand-in " + lane);
        }
    }

    private record Entry(TestSubscriber subscriber, String filter) {}

    /** Three seeds for ever, two of the day. */
    static LongStream seeds() {
        return LongStream.concat(
                LongStream.of(1, 42, 20261121),
                LongStream.of(System.nanoTime(), new Object().hashCode()));
    }

    /** What was told: "party filter", with the counts of shared ones. */
    private final Map<String, String> told = new TreeMap<>();

    private final TopicTrie trie =
            new TopicTrie(
                    LANES,
                    new FilterListener() {
                        @Override
                        public void first(int party, TopicFilter filter) {
                            assertNull(told.put(party + " " + filter, "wanted"));
                        }

                        @Override
                        public void last(int party, TopicFilter filter) {
                            assertEquals("wanted", told.remove(party + " " + filter));
                        }

                        @Override
                        public void members(
                                int party, TopicFilter filter, int connected, int total) {
                            if (total == 0) {
                                told.remove(party + " " + filter);
                            } else {
                                told.put(party + " " + filter, connected + " of " + total);
                            }
                        }
                    });

    @ParameterizedTest
    @MethodSource("seeds")
    void eachPartyIsToldExactly(long seed) {
        System.out.println("PartyTest seed " + seed);
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        List<TestSubscriber> subscribers = new ArrayList<>();
        List<StandIn> standIns = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            subscribers.add(new TestSubscriber(i % 4, "client" + i));
        }
        for (int i = 0; i < 4; i++) {
            standIns.add(new Somebody(4 + i));
        }
        Set<Entry> model = new HashSet<>();
        Set<String> routes = new HashSet<>();
        for (int step = 0; step < 5_000; step++) {
            String filter = FILTERS[random.nextInt(FILTERS.length)];
            TestSubscriber subscriber = subscribers.get(random.nextInt(subscribers.size()));
            StandIn standIn = standIns.get(random.nextInt(standIns.size()));
            switch (random.nextInt(6)) {
                case 0, 1 -> {
                    trie.subscribe(subscriber, TestSubscriber.to(filter));
                    model.add(new Entry(subscriber, filter));
                }
                case 2 -> {
                    boolean known = model.remove(new Entry(subscriber, filter));
                    assertEquals(known, trie.unsubscribe(subscriber, TopicFilter.of(filter)));
                }
                case 3 -> {
                    boolean isNew = routes.add(standIn + filter);
                    assertEquals(isNew, trie.route(standIn, TopicFilter.of(filter)));
                }
                case 4 -> {
                    boolean known = routes.remove(standIn + filter);
                    assertEquals(known, trie.unroute(standIn, TopicFilter.of(filter)));
                }
                default -> {
                    if (LANES.kind(subscriber.lane()) == Lanes.Kind.SHARD) {
                        subscriber.online(!subscriber.online());
                        trie.onlineChanged(subscriber, subscriptions(model, subscriber));
                    }
                }
            }
            if (step % 10 == 0) {
                assertEquals(expected(model), told);
            }
        }
        assertEquals(expected(model), told);
        assertEquals(model.size(), trie.subscriptionCount());
        assertEquals(routes.size(), trie.routeCount());
        for (String filter : FILTERS) {
            subscribers.forEach(each -> trie.unsubscribe(each, TopicFilter.of(filter)));
            standIns.forEach(each -> trie.unroute(each, TopicFilter.of(filter)));
        }
        assertEquals(Map.of(), told);
        assertTrue(trie.isBare());
        assertEquals(0, trie.filterCount());
    }

    private static List<Subscription> subscriptions(Set<Entry> model, TestSubscriber of) {
        return model.stream()
                .filter(each -> each.subscriber == of)
                .map(each -> TestSubscriber.to(each.filter))
                .toList();
    }

    private static Map<String, String> expected(Set<Entry> model) {
        Map<String, String> expected = new TreeMap<>();
        for (Entry entry : model) {
            int party = LANES.partyOfLane(entry.subscriber.lane());
            List<Entry> same =
                    model.stream()
                            .filter(each -> each.filter.equals(entry.filter))
                            .filter(each -> LANES.partyOfLane(each.subscriber.lane()) == party)
                            .toList();
            long connected = same.stream().filter(each -> each.subscriber.online()).count();
            expected.put(
                    party + " " + entry.filter,
                    entry.filter.startsWith("$share")
                            ? connected + " of " + same.size()
                            : "wanted");
        }
        return expected;
    }

    /** Whatever matches, a stand-in is there once, takes all, and costs nothing to merge. */
    @Test
    void standInIsInMatchOnce() {
        StandIn standIn = new Somebody(LANES.peerLane(0));
        trie.route(standIn, TopicFilter.of("a/b"));
        Target one = Objects.requireNonNull(trie.match(Topic.of("a/b")).find(standIn));
        trie.route(standIn, TopicFilter.of("a/+"));
        trie.route(standIn, TopicFilter.of("#"));
        Match match = trie.match(Topic.of("a/b"));
        assertEquals(1, match.targetCount());
        assertSame(one, match.find(standIn));
        assertEquals(QoS.EXACTLY_ONCE, one.qos());
        assertTrue(one.retainAsPublished());
        assertSame(one, one.forPublisher(standIn.clientId()));
    }
}
