package io.carillon.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The numbers as Prometheus reads them. */
final class PrometheusPageTest {

    @Test
    void showsWhatHasASource() {
        BrokerMetrics metrics =
                BrokerMetrics.builder()
                        .read(Metric.PUBLISHES_RECEIVED, () -> 7)
                        .read(Metric.PUBLISHES_SENT, () -> 8)
                        .read(Metric.SESSIONS, () -> 3)
                        .build();
        try (PrometheusPage page = new PrometheusPage(metrics, "node-1", "1.2.3")) {
            List<String> lines = page.text().lines().toList();
            assertHas(
                    lines,
                    "# TYPE carillon_publishes_total counter",
                    "carillon_publishes_total{direction=\"received\",node=\"node-1\"} 7.0",
                    "carillon_publishes_total{direction=\"sent\",node=\"node-1\"} 8.0",
                    "# HELP carillon_sessions Durable sessions, their clients connected or not",
                    "carillon_sessions{node=\"node-1\"} 3.0",
                    "carillon_version{node=\"node-1\",version=\"1.2.3\"} 1.0");
            assertTrue(lines.stream().anyMatch(line -> line.startsWith("jvm_memory_used_bytes{")));
            assertFalse(page.text().contains("carillon_wills"));
        }
    }

    /** All metrics together: no two of them have one name and different labels. */
    @Test
    void showsEachMetric() {
        BrokerMetrics.Builder builder = BrokerMetrics.builder();
        long next = 1_000;
        for (Metric metric : Metric.values()) {
            long value = next++;
            builder.read(metric, () -> value);
        }
        BrokerMetrics metrics = builder.build();
        try (PrometheusPage page = new PrometheusPage(metrics, "n", "v")) {
            String text = page.text();
            for (Metric metric : Metric.values()) {
                String value = "} " + metrics.value(metric) + ".0\n";
                assertTrue(text.contains(value), metric.name());
            }
        }
    }

    /** Rows come and go with what they are about. */
    @Test
    void showsATable() {
        Map<String, Long> rows = new TreeMap<>(Map.of("a", 1L, "b", 2L));
        MeterTable<Long> table =
                new MeterTable<>("peer", () -> Map.copyOf(rows))
                        .with(Metric.Kind.GAUGE, "up", "Whether", each -> each)
                        .with(
                                Metric.Kind.COUNTER,
                                "sent",
                                "way",
                                "out",
                                "How much",
                                each -> 10 * each);
        try (PrometheusPage page = new PrometheusPage(BrokerMetrics.builder().build(), "n", "v")) {
            page.show(table);
            assertHas(
                    page.text().lines().toList(),
                    "carillon_up{node=\"n\",peer=\"a\"} 1.0",
                    "carillon_up{node=\"n\",peer=\"b\"} 2.0",
                    "carillon_sent_total{node=\"n\",peer=\"b\",way=\"out\"} 20.0");
            rows.remove("a");
            rows.put("b", 3L);
            rows.put("c", 4L);
            List<String> lines = page.text().lines().toList();
            assertHas(
                    lines,
                    "carillon_sent_total{node=\"n\",peer=\"b\",way=\"out\"} 30.0",
                    "carillon_up{node=\"n\",peer=\"c\"} 4.0");
            assertFalse(lines.stream().anyMatch(line -> line.contains("peer=\"a\"")));
        }
    }

    @Test
    void tellsWhichNumbersNobodyGives() {
        BrokerMetrics metrics = BrokerMetrics.builder().read(Metric.WILLS, () -> 1).build();
        assertEquals(EnumSet.complementOf(EnumSet.of(Metric.WILLS)), metrics.missing());
        assertEquals(0, metrics.value(Metric.QUEUED));
        assertEquals(1, metrics.value(Metric.WILLS));
    }

    @Test
    void aNumberHasOneSource() {
        BrokerMetrics.Builder builder = BrokerMetrics.builder().read(Metric.WILLS, () -> 1);
        assertThrows(IllegalArgumentException.class, () -> builder.read(Metric.WILLS, () -> 2));
    }

    private static void assertHas(List<String> lines, String... expected) {
        for (String line : expected) {
            assertTrue(lines.contains(line), line + " is not among\n" + String.join("\n", lines));
        }
    }
}
