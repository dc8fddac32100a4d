package io.carillon.bench.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The filters that are to match nothing do so, and are what they are said to be. */
final class QuietFiltersTest {
    private static final int PAIRS = 3;
    private static final int FILTERS = 1_000;

    private final List<List<String>> hands = new QuietFilters("bench/x/", PAIRS).dealt(FILTERS, 7);
    private final List<String> all = hands.stream().flatMap(List::stream).toList();

    @Test
    void eachIsDealtOnceAndEvenly() {
        assertEquals(FILTERS, new HashSet<>(all).size());
        assertEquals(7, hands.size());
        assertTrue(hands.stream().allMatch(hand -> Math.abs(hand.size() - FILTERS / 7) <= 1));
    }

    @Test
    void noneMatchesATopicThatIsPublishedTo() {
        for (int pair = 0; pair < PAIRS; pair++) {
            String topic = "bench/x/" + pair + QuietFilters.TOPIC_END;
            assertTrue(matches("bench/x/+/temperature/#", topic));
            for (String filter : all) {
                assertFalse(matches(filter, topic), filter);
            }
        }
    }

    @Test
    void sevenOfTenAreExact() {
        assertEquals(2 * FILTERS / 10, all.stream().filter(f -> f.contains("+")).count());
        assertEquals(FILTERS / 10, all.stream().filter(f -> f.endsWith("/#")).count());
    }

    private static boolean matches(String filter, String topic) {
        return Pattern.matches(filter.replace("+", "[^/]*").replace("/#", "(/.*)?"), topic);
    }
}
