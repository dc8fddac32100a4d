package io.carillon.mqtt.packet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TopicFilterTest {
    /** [MQTT-4.7.1-1] [MQTT-4.7.1-2] [MQTT3-4.7.1-2] [MQTT3-4.7.1-3] */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "/",
                "#",
                "+",
                "a/#",
                "/#",
                "+/#",
                "+/+",
                "a/+/b",
                "/+",
                "a//b",
                "$SYS/#",
                " ",
                "$share",
                "$shared/g/a",
                "größe/+"
            })
    void whatHasItsWildcardsInPlaceIsAFilter(String text) {
        TopicFilter filter = TopicFilter.of(text);
        assertEquals(text, filter.text());
        assertEquals(text, filter.pattern());
        assertNull(filter.group());
        assertFalse(filter.isShared());
    }

    /**
     * [MQTT-4.7.1-1] [MQTT-4.7.1-2] [MQTT-4.7.3-1] [MQTT-4.7.3-2] [MQTT3-4.7.1-2] [MQTT3-4.7.1-3]
     * [MQTT3-4.7.3-1] [MQTT3-4.7.3-2]
     */
    @ParameterizedTest
    @ValueSource(
            strings = {"", "a#", "#/a", "a/#/b", "##", "a+", "+a", "a/b+/c", "++", "#+", "a\u0000"})
    void whatHasThemElsewhereIsNone(String text) {
        assertThrows(InvalidTopic.class, () -> TopicFilter.of(text));
    }

    /** [MQTT-4.8.2-1] [MQTT-4.8.2-2] */
    @ParameterizedTest
    @CsvSource({"$share/g/a/+,g,a/+", "$share/g//,g,/", "$share/my group/#,my group,#"})
    void aSharedFilterHasAGroupAndAPattern(String text, String group, String pattern) {
        TopicFilter filter = TopicFilter.of(text);
        assertTrue(filter.isShared());
        assertEquals(text, filter.text());
        assertEquals(group, filter.group());
        assertEquals(pattern, filter.pattern());
    }

    /** [MQTT-4.8.2-1] [MQTT-4.8.2-2] */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "$share/",
                "$share/g",
                "$share/g/",
                "$share//a",
                "$share/g+/a",
                "$share/#/a",
                "$share/g/a#"
            })
    void aSharedFilterWithoutGroupOrPatternIsNone(String text) {
        assertThrows(InvalidTopic.class, () -> TopicFilter.of(text));
    }

    /** [MQTT-4.7.3-3] [MQTT3-4.7.3-3] */
    @Test
    void aFilterHas65535BytesAtMost() {
        assertEquals(65_535, TopicFilter.of("x".repeat(65_535)).text().length());
        assertThrows(InvalidTopic.class, () -> TopicFilter.of("x".repeat(65_536)));
        assertThrows(InvalidTopic.class, () -> TopicFilter.of("ü".repeat(32_768)));
    }

    @ParameterizedTest
    @CsvSource({"a,false", "a/b,false", "#,true", "a/#,true", "+/a,true", "$share/g/a,false"})
    void aWildcardIsNoticed(String text, boolean wildcard) {
        assertEquals(wildcard, TopicFilter.of(text).hasWildcard());
    }
}
