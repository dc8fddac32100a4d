package io.carillon.clusterbench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class TimesTest {

    @Test
    void percentilesAreTimesThatWereTaken() {
        Times times = new Times();
        for (int millis = 100; millis >= 1; millis--) {
            times.add(millis * 1_000_000L);
        }
        assertEquals(100, times.count());
        assertEquals("1.00", times.millis(1));
        assertEquals("50", times.millis(50));
        assertEquals("99", times.millis(99));
        assertEquals("100", times.millis(100));
    }

    @Test
    void ofOneTimeAllPercentilesAreTheSame() {
        Times times = new Times();
        times.add(1_234_000);
        assertEquals("1.23", times.millis(1));
        assertEquals("1.23", times.millis(100));
    }

    @Test
    void nothingMeasuredIsNothingSaid() {
        assertEquals("", new Times().millis(50));
    }
}
