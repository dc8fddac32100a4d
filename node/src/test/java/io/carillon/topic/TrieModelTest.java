package io.carillon.topic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.carillon.mqtt.packet.QoS;
import io.carillon.mqtt.packet.Subscription;
import io.carillon.mqtt.packet.Topic;
import io.carillon.mqtt.packet.TopicFilter;
import java.util.ArrayList;
import java.util.Arrays;
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

/** The trie against a plain list of subscriptions that are matched one by one. */
class TrieModelTest {
    private static final String[] LEVELS = {"", "a", "b", "c", "$d", "\u00e9", "a b"};

    private record Entry(TestSubscriber subscriber, Subscription subscription) {}

    /** Three seeds for ever, two of the day. */
    static LongStream seeds() {
        return LongStream.concat(
                LongStream.of(1, 42, 20261121),
                LongStream.of(System.nanoTime(), new Object().hashCode()));
    }

    private final TopicTrie trie = new TopicTrie();
    private final Map<String, Entry> model = new HashMap<>();
    private final List<TestSubscriber> subscribers = new ArrayList<>();
    private final Map<String, LiveMatch> live = new HashMap<>();

    /** [MQTT-3.8.4-3] [MQTT-3.3.4-2] [MQTT-3.3.4-4] [MQTT-3.10.4-1] [MQTT-4.7.3-4] */
    @ParameterizedTest
    @MethodSource("seeds")
    void agreesWithList(long seed) {
        System.out.println("TrieModelTest seed " + seed);
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        for (int i = 0; i < 12; i++) {
            subscribers.add(new TestSubscriber(i % 3, "client" + i));
        }
        for (int step = 0; step < 2_000; step++) {
            boolean growing = step / 250 % 2 == 0;
            if (random.nextInt(10) < (growing ? 7 : 3)) {
                subscribe(random);
            } else {
                unsubscribe(random);
            }
            String topic = path(random, false);
            assertMatch(topic, trie.match(Topic.of(topic)));
            live.computeIfAbsent(topic, name -> trie.live(Topic.of(name)));
            if (step % 100 == 0) {
                live.forEach((name, match) -> assertMatch(name, match.now()));
                assertCounts();
            }
        }
        for (Entry entry : new ArrayList<>(model.values())) {
            remove(entry.subscriber, entry.subscription.filter());
        }
        assertCounts();
        assertTrue(trie.isBare(), "all branches are pruned");
    }

    private void subscribe(RandomGenerator random) {
        TestSubscriber subscriber = subscribers.get(random.nextInt(subscribers.size()));
        String pattern = path(random, true);
        boolean shared = random.nextInt(4) == 0;
        Subscription subscription =
                TestSubscriber.to(
                        shared ? "$share/g" + random.nextInt(2) + "/" + pattern : pattern,
                        QoS.of(random.nextInt(3)),
                        !shared && random.nextInt(4) == 0,
                        random.nextBoolean(),
                        random.nextInt(3) == 0 ? 0 : random.nextInt(1, 1000));
        Entry old =
                model.put(
                        subscriber + " " + subscription.filter(),
                        new Entry(subscriber, subscription));
        Subscription replaced = trie.subscribe(subscriber, subscription);
        assertEquals(old == null ? null : old.subscription, replaced);
    }

    private void unsubscribe(RandomGenerator random) {
        List<String> keys = new ArrayList<>(new TreeSet<>(model.keySet()));
        if (keys.isEmpty() || random.nextInt(10) == 0) {
            TestSubscriber subscriber = subscribers.get(random.nextInt(subscribers.size()));
            remove(subscriber, TopicFilter.of(path(random, true)));
            return;
        }
        Entry entry = model.get(keys.get(random.nextInt(keys.size())));
        remove(entry.subscriber, entry.subscription.filter());
    }

    private void remove(TestSubscriber subscriber, TopicFilter filter) {
        boolean known = model.remove(subscriber + " " + filter) != null;
        assertEquals(known, trie.unsubscribe(subscriber, filter));
    }

    private void assertMatch(String topic, Match match) {
        Map<String, String> expected = new TreeMap<>();
        Map<String, Set<String>> expectedGroups = new TreeMap<>();
        Map<Subscriber, List<Subscription>> matching = new HashMap<>();
        for (Entry entry : model.values()) {
            TopicFilter filter = entry.subscription.filter();
            if (!NaiveTopics.matches(filter.pattern(), topic)) {
                continue;
            }
            if (filter.isShared()) {
                expectedGroups
                        .computeIfAbsent(filter.text(), _ -> new TreeSet<>())
                        .add(entry.subscriber.clientId());
            } else {
                matching.computeIfAbsent(entry.subscriber, _ -> new ArrayList<>())
                        .add(entry.subscription);
            }
        }
        matching.forEach((s, all) -> expected.put(s.clientId(), describe(all)));

        Map<String, String> actual = new TreeMap<>();
        for (LaneTargets lane : match.lanes()) {
            assertTrue(lane.targets().size() > 0);
            lane.targets()
                    .forEach(
                            target -> {
                                assertEquals(lane.lane(), target.subscriber().lane());
                                assertNull(target.sharedFilter());
                                assertNull(
                                        actual.put(
                                                target.subscriber().clientId(), describe(target)));
                            });
        }
        Map<String, Set<String>> actualGroups = new TreeMap<>();
        for (SharedGroup group : match.groups()) {
            Set<String> members = new TreeSet<>();
            group.forEach(member -> members.add(member.subscriber().clientId()));
            actualGroups.put(group.filter().text(), members);
        }
        assertEquals(expected, actual, topic);
        assertEquals(expectedGroups, actualGroups, topic);
        assertEquals(expected.size(), match.targetCount());
        assertEquals(expected.isEmpty() && expectedGroups.isEmpty(), match.isEmpty());
    }

    /** How a subscriber wants messages of others, and those of its own. */
    private static String describe(List<Subscription> matching) {
        List<Subscription> own = matching.stream().filter(s -> !s.options().noLocal()).toList();
        return describeOne(matching) + " own " + (own.isEmpty() ? "none" : describeOne(own));
    }

    private static String describeOne(List<Subscription> matching) {
        QoS qos = QoS.AT_MOST_ONCE;
        boolean retainAsPublished = false;
        for (Subscription subscription : matching) {
            qos = qos.max(subscription.options().maximumQos());
            retainAsPublished |= subscription.options().retainAsPublished();
        }
        int[] identifiers =
                matching.stream()
                        .mapToInt(Subscription::identifier)
                        .filter(identifier -> identifier > 0)
                        .sorted()
                        .toArray();
        return qos + " " + retainAsPublished + " " + Arrays.toString(identifiers);
    }

    private static String describe(Target target) {
        Target own = target.forPublisher(target.subscriber().clientId());
        assertEquals(target, target.forPublisher("another"));
        assertEquals(target, target.forPublisher(null));
        return describeOne(target) + " own " + (own == null ? "none" : describeOne(own));
    }

    private static String describeOne(Target target) {
        int[] identifiers = target.identifiers().clone();
        Arrays.sort(identifiers);
        return target.qos() + " " + target.retainAsPublished() + " " + Arrays.toString(identifiers);
    }

    private void assertCounts() {
        Set<String> filters = new HashSet<>();
        model.values().forEach(entry -> filters.add(entry.subscription.filter().text()));
        assertEquals(model.size(), trie.subscriptionCount());
        assertEquals(filters.size(), trie.filterCount());
        long shared =
                model.values().stream().filter(e -> e.subscription.filter().isShared()).count();
        assertEquals(shared, trie.sharedSubscriptionCount());
    }

    /** One to four levels; few enough that paths meet, and never the empty path. */
    private static String path(RandomGenerator random, boolean wildcards) {
        while (true) {
            List<String> levels = new ArrayList<>();
            int depth = random.nextInt(1, 5);
            for (int i = 0; i < depth; i++) {
                boolean plus = wildcards && random.nextInt(4) == 0;
                levels.add(plus ? "+" : LEVELS[random.nextInt(LEVELS.length)]);
            }
            if (wildcards && random.nextInt(5) == 0) {
                levels.set(depth - 1, "#");
            }
            String path = String.join("/", levels);
            if (!path.isEmpty()) {
                return path;
            }
        }
    }
}
