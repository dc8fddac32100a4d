package io.carillon.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class ReportTest {

    private final Report report =
            new Report()
                    .add("delivered", "delivered", 1_234)
                    .add("perSecond", "per second", 0.5)
                    .add("nothing", "nothing", Double.NaN)
                    .add("name", "name", "a \"b\"")
                    .fault("3 lost\n");

    @Test
    void isJsonForPrograms() {
        assertEquals(
                """
                {
                  "delivered": 1234,
                  "perSecond": 0.500,
                  "nothing": null,
                  "name": "a \\"b\\"",
                  "faults": ["3 lost\\u000a"]
                }
                """,
                report.json());
    }

    @Test
    void isAlignedForPeople() {
        assertEquals(
                "delivered" + " ".repeat(29) + "1,234", report.text().lines().findFirst().get());
    }
}
