package io.carillon.shard;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Ranges of places hold what a plain set holds. */
final class PlacesTest {
    private static final int SPAN = 40;

    @Test
    void rangesAreASet() {
        Random random = new Random(7);
        for (int round = 0; round < 200; round++) {
            Places places = new Places();
            TreeSet<Long> model = new TreeSet<>();
            for (int step = 0; step < 60; step++) {
                long place = random.nextInt(SPAN);
                if (random.nextInt(4) > 0) {
                    places.add(place);
                    model.add(place);
                } else {
                    places.remove(place);
                    model.remove(place);
                }
                assertSame(model, places);
                assertSame(model, Places.of(places.ranges()));
            }
        }
    }

    private static void assertSame(TreeSet<Long> model, Places places) {
        assertEquals(model.isEmpty(), places.isEmpty());
        assertEquals(model.isEmpty() ? 0 : model.last() + 1, places.end());
        for (long place = 0; place < SPAN; place++) {
            assertEquals(model.contains(place), places.contains(place));
            long from = place / 3;
            assertEquals(model.subSet(from, place).size(), places.count(from, place));
        }
    }

    @Test
    void neighboursAreOneRange() {
        Places places = new Places();
        for (long place : new long[] {5, 7, 6, 9, 3, 4}) {
            places.add(place);
        }
        assertArrayEquals(new long[] {3, 8, 9, 10}, places.ranges());
        assertEquals(8, places.takeFrom(3));
        assertEquals(8, places.takeFrom(8));
        assertArrayEquals(new long[] {9, 10}, places.ranges());
    }
}
