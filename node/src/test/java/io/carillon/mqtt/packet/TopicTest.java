package io.carillon.mqtt.packet;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TopicTest {
    /** [MQTT-4.7.3-1] [MQTT3-4.7.3-1]: a slash alone, spaces and empty levels are names too. */
    @ParameterizedTest
    @ValueSource(strings = {"a", "/", "//", " ", "a/b c/", "$SYS/x", "größe/€", "\uFEFFa"})
    void anyTextWithoutWildcardIsATopic(String name) {
        Topic topic = Topic.of(name);
        assertEquals(name, topic.name());
        assertEquals(name, topic.toString());
        assertArrayEquals(name.getBytes(StandardCharsets.UTF_8), topic.utf8());
    }

    /**
     * [MQTT-3.3.2-2] [MQTT-4.7.0-1] [MQTT-4.7.3-1] [MQTT-4.7.3-2] [MQTT3-3.3.2-2] [MQTT3-4.7.1-1]
     * [MQTT3-4.7.3-1] [MQTT3-4.7.3-2]
     */
    @ParameterizedTest
    @ValueSource(strings = {"", "#", "a/#", "+", "a/+/b", "a+", "a\u0000b"})
    void whatIsEmptyOrHoldsAWildcardOrZeroIsNoTopic(String name) {
        assertThrows(InvalidTopic.class, () -> Topic.of(name));
    }

    /** [MQTT-4.7.3-3] [MQTT3-4.7.3-3] */
    @Test
    void aTopicHas65535BytesAtMost() {
        assertEquals(65_535, Topic.of("x".repeat(65_535)).utf8().length);
        assertThrows(InvalidTopic.class, () -> Topic.of("x".repeat(65_536)));
        assertThrows(InvalidTopic.class, () -> Topic.of("ü".repeat(32_768)));
    }

    @Test
    void levelsAreWhatSlashesSplit() {
        assertArrayEquals(new String[] {"a", "", "b", ""}, Topic.of("a//b/").levels());
        assertArrayEquals(new String[] {"", ""}, Topic.of("/").levels());
    }

    /** [MQTT-4.7.3-4] topics are the same only character by character. */
    @Test
    void topicsAreEqualByName() {
        assertEquals(Topic.of("a/b"), Topic.of("a/b"));
        assertEquals(Topic.of("a/b").hashCode(), Topic.of("a/b").hashCode());
        assertNotEquals(Topic.of("a/b"), Topic.of("A/b"));
        assertNotEquals(Topic.of("a"), Topic.of("/a"));
        assertNotEquals(Topic.of("\u00E9"), Topic.of("e\u0301"), "no normalization");
    }

    @Test
    void aTopicWithADollarIsReserved() {
        assertTrue(Topic.of("$SYS").isReserved());
        assertFalse(Topic.of("a/$SYS").isReserved());
    }
}
