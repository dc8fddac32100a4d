package io.carillon.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

final class MediansTest {

    @Test
    void isTheMiddleOfAnOddNumber() {
        assertEquals(3, Medians.median(List.of(9.0, 1.0, 3.0)));
    }

    @Test
    void isBetweenTheTwoInTheMiddleOfAnEvenNumber() {
        assertEquals(2.5, Medians.median(List.of(9.0, 1.0, 3.0, 2.0)));
    }

    @Test
    void isNoNumberOfNothing() {
        assertEquals(Double.NaN, Medians.median(List.of()));
    }

    @Test
    void theSpreadIsAPartOfTheMedian() {
        assertEquals(0.5, Medians.spread(List.of(10.0, 12.0, 7.0)));
        assertEquals(Double.NaN, Medians.spread(List.of(10.0)));
    }
}
