package io.carillon.compare;

import io.carillon.bench.report.Machine;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The page that a comparison leaves: what was run and where, the tables, and what went wrong.
 *
 * @param missing brokers that could not be had, and why
 */
record ComparisonPage(
        Options options,
        String began,
        Machine machine,
        List<Broker> brokers,
        Map<String, String> missing,
        Results results,
        ComparisonTables tables) {
    /** A broker that should be idle uses at most so much, in cores. */
    private static final double IDLE_CORES_MAX = 0.05;

    String text() {
        StringBuilder page = new StringBuilder();
        page.append("<!-- Written by benchmarks/compare. -->\n").append(head()).append('\n');
        MarkdownTable who = new MarkdownTable(3, "broker", "version", "keeps messages");
        brokers.forEach(b -> who.row(List.of(b.name(), b.version(), b.storage())));
        options.given().forEach(b -> who.row(List.of(b.name(), "–", "at " + b.address())));
        page.append(who.text()).append('\n');
        missing.forEach((name, why) -> page.append(absent(name, why)));
        part(page, "At a glance", tables.glance());
        for (Section section : Section.values()) {
            part(page, section.title(), tables.section(section));
        }
        part(page, "What went wrong", tables.complaints());
        return page.append(idleness()).toString();
    }

    private String head() {
        return """
        Measured %s: %d cores of %s, %s, %s. Medians of %s of %d s after %d s of load;
        64 bytes, MQTT 3.1.1, up to %d messages of a publisher on their way.
        """
                .formatted(
                        began,
                        machine.cores(),
                        machine.processor(),
                        machine.kernel(),
                        machine.jdk(),
                        options.rounds() == 1 ? "one round" : options.rounds() + " rounds",
                        options.seconds(),
                        options.warmup(),
                        options.window());
    }

    private static String absent(String name, String why) {
        return "Without %s: %s.%n%n".formatted(name, why.strip().replaceAll("\\s*\n\\s*", " "));
    }

    private String idleness() {
        double cores = results.othersCores();
        return String.format(
                Locale.ROOT,
                "%nWhile one broker was measured, the others together used at most %.3f cores%s.%n",
                cores,
                cores > IDLE_CORES_MAX ? ", WHICH IS TOO MUCH: measure again" : "");
    }

    private static void part(StringBuilder page, String title, String text) {
        if (!text.isEmpty()) {
            page.append("\n### ").append(title).append("\n\n").append(text);
        }
    }
}
