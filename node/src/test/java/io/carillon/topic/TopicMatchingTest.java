package io.carillon.topic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.carillon.mqtt.packet.Topic;
import io.carillon.mqtt.packet.TopicFilter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The examples of MQTT 5.0, 4.7, each against the trie and against the naive matcher. */
class TopicMatchingTest {
    /** [MQTT-4.7.1-1] [MQTT3-4.7.1-2] '#' stands for its parent and any number of levels. */
    @ParameterizedTest
    @CsvSource({
        "sport/tennis/player1/#, sport/tennis/player1",
        "sport/tennis/player1/#, sport/tennis/player1/ranking",
        "sport/tennis/player1/#, sport/tennis/player1/score/wimbledon",
        "sport/#, sport",
        "#, sport/tennis/player1",
        "#, /",
        "#, sport",
        "sport/tennis/#, sport/tennis",
        "+/tennis/#, sport/tennis",
    })
    void restMatches(String filter, String topic) {
        assertMatch(true, filter, topic);
    }

    /** [MQTT-4.7.1-2] [MQTT3-4.7.1-3] '+' stands for exactly one level, an empty one too. */
    @ParameterizedTest
    @CsvSource({
        "sport/tennis/+, sport/tennis/player1, true",
        "sport/tennis/+, sport/tennis/player2, true",
        "sport/tennis/+, sport/tennis/player1/ranking, false",
        "sport/+, sport, false",
        "sport/+, sport/, true",
        "+, sport, true",
        "+, sport/tennis, false",
        "+/tennis/#, sport/tennis/player1, true",
        "sport/+/player1, sport/tennis/player1, true",
        "sport/+/player1, sport/tennis/player2, false",
        "/finance, /finance, true",
        "+/+, /finance, true",
        "/+, /finance, true",
        "+, /finance, false",
    })
    void plusMatches(String filter, String topic, boolean expected) {
        assertMatch(expected, filter, topic);
    }

    /** [MQTT-4.7.2-1] [MQTT3-4.7.2-1] A leading wildcard leaves topics with a leading '$' alone. */
    @ParameterizedTest
    @CsvSource({
        "#, $SYS, false",
        "#, $SYS/monitor/Clients, false",
        "+/monitor/Clients, $SYS/monitor/Clients, false",
        "+, $SYS, false",
        "+/#, $SYS, false",
        "$SYS/#, $SYS/monitor/Clients, true",
        "$SYS/#, $SYS, true",
        "$SYS/monitor/+, $SYS/monitor/Clients, true",
        "$SYS/+/Clients, $SYS/monitor/Clients, true",
        "+/$SYS, a/$SYS, true",
        "a/#, a/$SYS, true",
    })
    void reservedTopics(String filter, String topic, boolean expected) {
        assertMatch(expected, filter, topic);
    }

    /**
     * [MQTT-4.7.3-4] [MQTT3-4.7.3-4] Levels are compared byte by byte: case, spaces, composed and
     * decomposed letters and leading or trailing slashes make a difference.
     */
    @ParameterizedTest
    @CsvSource({
        "ACCOUNTS, Accounts, false",
        "Accounts payable, Accounts payable, true",
        "/finance, finance, false",
        "finance/, finance, false",
        "finance/, finance/, true",
        "a//b, a/b, false",
        "a//b, a//b, true",
        "/, /, true",
        "//, /, false",
        "+/+, /, true",
        "\u00c5, A\u030a, false",
        "\u00c5/\ud83d\ude00, \u00c5/\ud83d\ude00, true",
    })
    void levelsAreComparedByteByByte(String filter, String topic, boolean expected) {
        assertMatch(expected, filter, topic);
    }

    /** Neither a topic nor a filter of the greatest depth needs a deep stack. */
    @Test
    void deepestTopic() {
        String slashes = "/".repeat(65_535);
        assertMatchOfTrie(true, slashes, slashes);
        assertMatchOfTrie(true, "+" + "/+".repeat(32_767), "/".repeat(32_767));
        assertMatchOfTrie(false, slashes, "/".repeat(65_534));
    }

    /** Ways that split at each level are all walked. */
    @Test
    void everyBranchIsWalked() {
        TopicTrie trie = new TopicTrie();
        int levels = 10;
        for (int bits = 0; bits < 1 << levels; bits++) {
            StringBuilder filter = new StringBuilder();
            for (int level = 0; level < levels; level++) {
                filter.append(level == 0 ? "" : "/").append((bits >> level & 1) == 0 ? "a" : "+");
            }
            TestSubscriber subscriber = new TestSubscriber(bits & 3, "c" + bits);
            trie.subscribe(subscriber, TestSubscriber.to(filter.toString()));
        }
        assertEquals(1024, trie.match(Topic.of("a/a/a/a/a/a/a/a/a/a")).targetCount());
        assertEquals(512, trie.match(Topic.of("b/a/a/a/a/a/a/a/a/a")).targetCount());
        assertEquals(1, trie.match(Topic.of("b/b/b/b/b/b/b/b/b/b")).targetCount());
        assertTrue(trie.match(Topic.of("a/a/a/a/a/a/a/a/a")).isEmpty());
    }

    private static void assertMatch(boolean expected, String filter, String topic) {
        assertEquals(expected, NaiveTopics.matches(filter, topic), "the naive matcher");
        assertMatchOfTrie(expected, filter, topic);
    }

    private static void assertMatchOfTrie(boolean expected, String filter, String topic) {
        TopicTrie trie = new TopicTrie();
        TestSubscriber subscriber = new TestSubscriber(0, "c");
        trie.subscribe(subscriber, TestSubscriber.to(filter));
        Match match = trie.match(Topic.of(topic));
        assertEquals(expected, match.find(subscriber) != null);
        assertEquals(expected ? 1 : 0, match.targetCount());
        assertTrue(trie.unsubscribe(subscriber, TopicFilter.of(filter)));
        assertTrue(trie.match(Topic.of(topic)).isEmpty());
        assertFalse(trie.unsubscribe(subscriber, TopicFilter.of(filter)));
        assertEquals(0, trie.subscriptionCount());
    }
}
