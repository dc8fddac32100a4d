package io.carillon.bench.picture;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

final class AxisTest {

    @Test
    void hasRoundStepsUpToAtLeastTheHighestValue() {
        Axis axis = Axis.linear(0, 417_000);

        assertEquals(List.of("0", "200k", "400k", "600k"), words(axis));
        assertEquals(0.5, axis.at(300_000), 1e-9);
    }

    @Test
    void ofTimeEndsWithTheLastSecond() {
        Axis axis = Axis.time(9);

        assertEquals(List.of("0", "2.5", "5", "7.5"), words(axis));
        assertEquals(1, axis.at(9), 1e-9);
    }

    @Test
    void byPowersOfTenGivesEachTheSamePart() {
        Axis axis = Axis.logarithmic(30, 9_000);

        assertEquals(List.of("10", "100", "1k", "10k"), words(axis));
        assertEquals(1 / 3.0, axis.at(100), 1e-9);
    }

    @Test
    void ofPercentilesGivesEachNineTheSamePart() {
        Axis axis = Axis.percentiles(99.9);

        assertEquals(List.of("50 %", "90 %", "99 %", "99.9 %"), words(axis));
        assertEquals(2 / 3.0, axis.at(99), 1e-9);
        assertEquals(1, axis.at(100), 1e-9);
    }

    @Test
    void hasAPlaceForEverythingWhenAllIsZero() {
        assertEquals(0, Axis.linear(0, 0).at(0), 1e-9);
    }

    private static List<String> words(Axis axis) {
        return axis.ticks().stream().map(Axis.Tick::words).toList();
    }
}
