package io.carillon.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.carillon.bench.picture.Mark;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Tables and chart of a comparison whose outcomes are known. */
final class ComparisonTablesTest {
    private static final LoadCase PAIRS =
            LoadCase.timed("pairs-q1", "pairs q1", Section.TRANSIENT, "pairs --qos 1");

    private final Results results = new Results();
    private final ComparisonTables tables = new ComparisonTables(results, List.of(PAIRS));

    @Test
    void areOfMediansAndRatiosToCarillon() {
        add("carillon", 1, 100_000, 2.0);
        add("other", 1, 50_000, 8.0);
        add("carillon", 2, 120_000, 1.0);
        add("other", 2, 60_000, 6.0);

        assertEquals(
                """
                | msg/s / CPU µs |     pairs q1 |
                | -------------- | -----------: |
                | carillon       |  110k / 1.50 |
                | other          | 55.0k / 7.00 |
                """,
                tables.glance());
        String row = row(tables.section(Section.TRANSIENT), "other");
        assertEquals(
                List.of("pairs q1", "other", "55.0k", "9 %", "0.50", "7.00", "4.67", "16.0"),
                cells(row).subList(0, 8));
        assertEquals("0 / 2 / 0", cells(row).get(10));
        assertEquals("", tables.section(Section.DURABLE));
    }

    @Test
    void sayWhatFailedAndWhatIsMissing() {
        add("carillon", 1, 100_000, 2.0);
        results.add(Outcome.failed("pairs-q1", "other", 1, "no command"));

        assertEquals("- other, pairs q1: no command\n", tables.complaints());
        assertEquals("–", cells(row(tables.section(Section.TRANSIENT), "other")).get(2));
        assertFalse(results.carillonFailed());
    }

    @Test
    void aFaultOfCarillonFailsTheComparison() {
        results.add(outcome("carillon", 1, Map.of("faults", List.of("1 messages were lost"))));

        assertTrue(results.carillonFailed());
        assertTrue(tables.complaints().contains("1 messages were lost"));
    }

    @Test
    void theChartHasABarForEachValue() {
        add("carillon", 1, 100_000, 2.0);
        add("other", 1, 50_000, 8.0);
        results.add(Outcome.failed("pairs-q1", "third", 1, "no command"));

        List<Mark> marks = ComparisonPicture.of(results, List.of(PAIRS), "machine").marks();

        // Two brokers with two bars, and a square in the legend for each of three.
        assertEquals(7, marks.stream().filter(Mark.Area.class::isInstance).count());
    }

    @Test
    void aRowThatDoesNotFitIsRefused() {
        MarkdownTable table = new MarkdownTable(1, "a", "b");

        assertThrows(IllegalArgumentException.class, () -> table.row(List.of("1")));
        assertEquals(
                """
                | a    |  b |
                | ---- | -: |
                | x\\|y |  1 |
                """,
                table.row(List.of("x|y", "1")).text());
    }

    private void add(String broker, int round, double rate, double cpu) {
        results.add(
                outcome(
                        broker,
                        round,
                        Map.of(
                                "deliveredPerSecond", rate,
                                "brokerCpuMicrosPerMessage", cpu,
                                "lost", 0,
                                "doubled", 1,
                                "reordered", 0)));
    }

    private static Outcome outcome(String broker, int round, Map<String, ?> values) {
        Optional<RunReport> report = Optional.of(new RunReport(values));
        return new Outcome("pairs-q1", broker, round, report, "", 16 << 20, 0);
    }

    private static String row(String table, String broker) {
        return table.lines().filter(line -> line.contains("| " + broker)).findFirst().orElseThrow();
    }

    private static List<String> cells(String row) {
        return List.of(row.substring(1).split("\\|")).stream().map(String::strip).toList();
    }
}
