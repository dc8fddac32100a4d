package io.carillon.topic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.carillon.mqtt.packet.QoS;
import io.carillon.mqtt.packet.Topic;
import io.carillon.mqtt.packet.TopicFilter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LiveMatchTest {
    private final TopicTrie trie = new TopicTrie();
    private final TestSubscriber anna = new TestSubscriber(0, "anna");
    private final TestSubscriber bert = new TestSubscriber(1, "bert");

    /** Filters of every depth, with wildcards at every place, make a match stale. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "a/b/c/d",
                "#",
                "+/#",
                "+/b/c/d",
                "a/#",
                "a/+/c/d",
                "a/+/#",
                "a/b/#",
                "a/b/+/d",
                "a/b/c/#",
                "a/b/c/+",
                "a/b/c/d/#",
                "$share/g/a/b/c/d",
                "$share/g/a/#"
            })
    void seesEveryChange(String filter) {
        LiveMatch live = trie.live(Topic.of("a/b/c/d"));
        assertTrue(live.now().isEmpty());
        trie.subscribe(anna, TestSubscriber.to(filter));
        assertEquals(1, live.now().targetCount() + live.now().groups().length);
        trie.unsubscribe(anna, TopicFilter.of(filter));
        assertTrue(live.now().isEmpty());
    }

    /** Short topics and what stands for a parent level. */
    @ParameterizedTest
    @ValueSource(strings = {"a", "a/#", "+", "#", "+/#"})
    void seesChangesOfShortTopic(String filter) {
        LiveMatch live = trie.live(Topic.of("a"));
        assertTrue(live.now().isEmpty());
        trie.subscribe(anna, TestSubscriber.to(filter));
        assertNotNull(live.now().find(anna));
    }

    /** What others subscribe to elsewhere leaves a kept match as it is. */
    @Test
    @SuppressWarnings("ReferenceEquality") // sameness is what it proves
    void keepsMatchWhileOthersSubscribeElsewhere() {
        trie.subscribe(anna, TestSubscriber.to("fleet/one/+"));
        trie.subscribe(anna, TestSubscriber.to("fleet/#"));
        LiveMatch live = trie.live(Topic.of("fleet/one/state"));
        Match before = live.now();
        int kept = 0;
        for (int i = 0; i < 1000; i++) {
            trie.subscribe(bert, TestSubscriber.to("fleet/n" + i + "/#"));
            kept += live.now() == before ? 1 : 0;
            before = live.now();
        }
        assertTrue(kept > 950, "kept through " + kept + " of 1000 changes");
    }

    /** A replaced subscription counts as a change. */
    @Test
    void seesReplacement() {
        trie.subscribe(anna, TestSubscriber.to("a"));
        LiveMatch live = trie.live(Topic.of("a"));
        assertEquals(0, target(live).identifiers().length);
        trie.subscribe(anna, TestSubscriber.to("a", QoS.EXACTLY_ONCE, false, false, 5));
        assertEquals(5, target(live).identifiers()[0]);
    }

    /** A great match is not held by every publisher, and still right. */
    @Test
    void greatMatchIsFoundAnew() {
        for (int i = 0; i < 3000; i++) {
            trie.subscribe(new TestSubscriber(i % 2, "c" + i), TestSubscriber.to("news"));
        }
        LiveMatch live = trie.live(Topic.of("news"));
        assertEquals(3000, live.now().targetCount());
        assertSame(live.now(), live.now(), "the node's own match, not a copy");
        trie.subscribe(anna, TestSubscriber.to("+"));
        assertEquals(3001, live.now().targetCount());
        assertNotNull(live.now().find(anna));
        assertNull(live.now().find(bert));
    }

    private Target target(LiveMatch live) {
        Target target = live.now().find(anna);
        assertNotNull(target);
        return target;
    }
}
