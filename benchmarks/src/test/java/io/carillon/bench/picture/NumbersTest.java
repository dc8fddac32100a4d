package io.carillon.bench.picture;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NumbersTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0, 0",
        "0.09, 0.09, 0.09",
        "8, 8.00, 8",
        "17.72, 17.7, 17.7",
        "640, 640, 640",
        "999.7, 1.00k, 1k",
        "37_000, 37.0k, 37k",
        "1_826_000, 1.83M, 1.83M",
        "2.5e9, 2.50G, 2.5G",
    })
    void sayThreeDigits(String value, String brief, String round) {
        double number = Double.parseDouble(value.replace("_", ""));

        assertEquals(brief, Numbers.brief(number));
        assertEquals(round, Numbers.round(number));
    }

    @ParameterizedTest
    @CsvSource({"NaN", "Infinity"})
    void sayNothingOfWhatIsNoNumber(double value) {
        assertEquals("–", Numbers.brief(value));
    }
}
