package io.carillon.topic;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.carillon.mqtt.packet.QoS;
import io.carillon.mqtt.packet.Subscription;
import io.carillon.mqtt.packet.Topic;
import io.carillon.mqtt.packet.TopicFilter;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class TargetTest {
    private final TopicTrie trie = new TopicTrie();
    private final TestSubscriber anna = new TestSubscriber(0, "anna");
    private final TestSubscriber bert = new TestSubscriber(1, "bert");

    private Target target(Subscriber subscriber, String topic) {
        Target target = trie.match(Topic.of(topic)).find(subscriber);
        assertNotNull(target);
        return target;
    }

    /** A lone subscription's target is made once and serves all matches. */
    @Test
    void loneTargetIsReused() {
        trie.subscribe(anna, TestSubscriber.to("a/+", QoS.EXACTLY_ONCE, false, true, 7));
        Target target = target(anna, "a/1");
        assertSame(target, target(anna, "a/2"));
        assertEquals(QoS.EXACTLY_ONCE, target.qos());
        assertTrue(target.retainAsPublished());
        assertArrayEquals(new int[] {7}, target.identifiers());
        assertNull(target.sharedFilter());
        trie.subscribe(bert, TestSubscriber.to("a/+"));
        assertSame(target, target(anna, "a/1"));
        assertSame(trie.match(Topic.of("a/1")), trie.match(Topic.of("a/2")), "no copy per publish");
    }

    /** [MQTT-3.3.4-2] [MQTT-3.3.4-4] [MQTT3-3.3.5-1] One copy, highest QoS, all identifiers. */
    @Test
    void overlapsMakeOneTarget() {
        trie.subscribe(anna, TestSubscriber.to("a/b", QoS.AT_MOST_ONCE, false, false, 3));
        trie.subscribe(anna, TestSubscriber.to("a/#", QoS.EXACTLY_ONCE, false, false, 0));
        trie.subscribe(anna, TestSubscriber.to("+/b", QoS.AT_LEAST_ONCE, false, true, 3));
        trie.subscribe(anna, TestSubscriber.to("#", QoS.AT_MOST_ONCE, false, false, 9));
        trie.subscribe(bert, TestSubscriber.to("a/b", QoS.AT_MOST_ONCE));

        Match match = trie.match(Topic.of("a/b"));
        assertEquals(2, match.targetCount());
        Target target = target(anna, "a/b");
        assertEquals(QoS.EXACTLY_ONCE, target.qos());
        assertTrue(target.retainAsPublished());
        int[] identifiers = target.identifiers().clone();
        Arrays.sort(identifiers);
        assertArrayEquals(new int[] {3, 3, 9}, identifiers);
        assertSame(target, target.forPublisher("anna"));
        assertEquals(QoS.AT_MOST_ONCE, target(bert, "a/b").qos());
    }

    /** [MQTT-3.8.3-3] A message stays away from its publisher where that asked for it. */
    @Test
    void noLocal() {
        trie.subscribe(anna, TestSubscriber.to("a/b", QoS.AT_LEAST_ONCE, true, false, 1));
        Target target = target(anna, "a/b");
        assertNull(target.forPublisher("anna"));
        assertSame(target, target.forPublisher("bert"));
        assertSame(target, target.forPublisher(null));
    }

    /** [MQTT-3.8.3-3] [MQTT-3.3.4-4] A client's own message counts only what lets it through. */
    @Test
    void noLocalAmongOverlaps() {
        trie.subscribe(anna, TestSubscriber.to("a/b", QoS.EXACTLY_ONCE, true, true, 1));
        trie.subscribe(anna, TestSubscriber.to("a/+", QoS.AT_MOST_ONCE, false, false, 2));
        trie.subscribe(anna, TestSubscriber.to("a/#", QoS.AT_LEAST_ONCE, false, false, 0));
        trie.subscribe(anna, TestSubscriber.to("#", QoS.EXACTLY_ONCE, true, false, 4));

        Target target = target(anna, "a/b");
        assertEquals(QoS.EXACTLY_ONCE, target.qos());
        assertEquals(3, target.identifiers().length);
        Target own = target.forPublisher("anna");
        assertNotNull(own);
        assertEquals(QoS.AT_LEAST_ONCE, own.qos());
        assertFalse(own.retainAsPublished());
        assertArrayEquals(new int[] {2}, own.identifiers());

        trie.unsubscribe(anna, TopicFilter.of("a/+"));
        trie.unsubscribe(anna, TopicFilter.of("a/#"));
        assertNull(target(anna, "a/b").forPublisher("anna"));
    }

    /** [MQTT-3.8.4-3] [MQTT3-3.8.4-3] The same filter again replaces the subscription. */
    @Test
    void sameFilterReplaces() {
        Subscription first = TestSubscriber.to("a/b", QoS.AT_MOST_ONCE, false, false, 1);
        Subscription second = TestSubscriber.to("a/b", QoS.EXACTLY_ONCE, false, false, 2);
        assertNull(trie.subscribe(anna, first));
        assertSame(first, trie.subscribe(anna, second));
        assertArrayEquals(new int[] {2}, target(anna, "a/b").identifiers());
        assertEquals(1, trie.subscriptionCount());
    }

    /** To subscribe anew to the same, as clients do when they come back, makes nothing stale. */
    @Test
    void equalSubscriptionChangesNothing() {
        trie.subscribe(anna, TestSubscriber.to("a/b"));
        long before = trie.version();
        assertEquals(TestSubscriber.to("a/b"), trie.subscribe(anna, TestSubscriber.to("a/b")));
        assertEquals(before, trie.version());
    }

    /** [MQTT-3.10.4-1] [MQTT3-3.10.4-1] Only the very same filter is removed. */
    @Test
    void unsubscribeComparesCharacterByCharacter() {
        trie.subscribe(anna, TestSubscriber.to("a/+"));
        assertFalse(trie.unsubscribe(anna, TopicFilter.of("a/b")));
        assertFalse(trie.unsubscribe(anna, TopicFilter.of("a/#")));
        assertFalse(trie.unsubscribe(anna, TopicFilter.of("A/+")));
        assertFalse(trie.unsubscribe(anna, TopicFilter.of("$share/g/a/+")));
        assertFalse(trie.unsubscribe(bert, TopicFilter.of("a/+")));
        assertEquals(1, trie.subscriptionCount());
        assertTrue(trie.unsubscribe(anna, TopicFilter.of("a/+")));
    }

    /** During a takeover two subscribers of one client id are two. */
    @Test
    void subscribersAreToldApartByIdentity() {
        TestSubscriber successor = new TestSubscriber(0, "anna");
        trie.subscribe(anna, TestSubscriber.to("a"));
        trie.subscribe(successor, TestSubscriber.to("a"));
        assertEquals(2, trie.match(Topic.of("a")).targetCount());
        assertTrue(trie.unsubscribe(anna, TopicFilter.of("a")));
        assertSame(successor, target(successor, "a").subscriber());
    }
}
