package io.carillon.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
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
    void tellsProgramsMoreThanPeople() {
        Report full =
                new Report()
                        .about(Map.of("settings", Map.of("qos", "1")))
                        .samples(List.of(new Sample(1, "measure", 2, 3, 4, 0.5, 6)))
                        .latencyCurve(List.of(new Latency.Step(50, 7), new Latency.Step(100, 8)));

        assertEquals(
                """
                {
                  "run": {
                    "settings": {
                      "qos": "1"
                    }
                  },
                  "samples": [
                    {"atSecond": 1.000, "phase": "measure", "sentPerSecond": 2.000, \
                "acknowledgedPerSecond": 3.000, "deliveredPerSecond": 4.000, \
                "brokerCpuCores": 0.500, "brokerResidentBytes": 6}
                  ],
                  "latencyCurve": [
                    [50.000, 7.000],
                    [100.000, 8.000]
                  ],
                  "faults": []
                }
                """,
                full.json());
        assertEquals("", full.text());
    }

    @Test
    void isAlignedForPeople() {
        assertEquals(
                "delivered" + " ".repeat(29) + "1,234", report.text().lines().findFirst().get());
    }
}
