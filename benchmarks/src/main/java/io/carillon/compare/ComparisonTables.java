package io.carillon.compare;

import io.carillon.bench.picture.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** The tables of the comparison: one at a glance, and one with everything for each section. */
record ComparisonTables(Results results, List<LoadCase> loads) {
    private static final double MIB = 1 << 20;
    private static final Set<Section> GLANCED = Set.of(Section.TRANSIENT);

    /** A row for each broker, a column for each load: rate and CPU µs for each message. */
    String glance() {
        List<LoadCase> shown =
                loads.stream().filter(load -> GLANCED.contains(load.section())).toList();
        if (shown.isEmpty()) {
            return "";
        }
        List<String> head = new ArrayList<>(List.of("msg/s / CPU µs"));
        shown.forEach(load -> head.add(load.title()));
        MarkdownTable table = new MarkdownTable(1, head.toArray(String[]::new));
        for (String broker : results.brokers()) {
            List<String> cells = new ArrayList<>(List.of(broker));
            for (LoadCase load : shown) {
                cells.add(pair(load, broker));
            }
            table.row(cells);
        }
        return table.text();
    }

    /** A row for each load, what it counts, and broker; empty if the section has none. */
    String section(Section section) {
        MarkdownTable table =
                new MarkdownTable(
                        2,
                        "load",
                        "broker",
                        "per second",
                        "±",
                        "× Carillon",
                        "CPU µs",
                        "× Carillon",
                        "MiB",
                        "p50 µs",
                        "p99 µs",
                        "lost / doubled / reordered",
                        "also");
        boolean any = false;
        for (LoadCase load : loads) {
            for (Figure figure : load.figures()) {
                for (String broker : results.brokers()) {
                    if (load.section() == section) {
                        table.row(row(load, figure, broker));
                        any = true;
                    }
                }
            }
        }
        return any ? table.text() : "";
    }

    /** Faults and failures, a line each; empty if there are none. */
    String complaints() {
        return loads.stream()
                .flatMap(
                        load ->
                                results.brokers().stream()
                                        .flatMap(
                                                broker ->
                                                        results
                                                                .complaints(load.name(), broker)
                                                                .stream()
                                                                .map(
                                                                        words ->
                                                                                complaint(
                                                                                        load,
                                                                                        broker,
                                                                                        words))))
                .collect(Collectors.joining());
    }

    private static String complaint(LoadCase load, String broker, String words) {
        return "- %s, %s: %s%n".formatted(broker, load.title(), words.replace('\n', ' '));
    }

    private String pair(LoadCase load, String broker) {
        Figure figure = load.figures().getFirst();
        double rate = results.median(load.name(), broker, figure.rateKey());
        double cpu = results.median(load.name(), broker, figure.cpuKey());
        return Double.isNaN(rate) ? "–" : Numbers.brief(rate) + " / " + Numbers.brief(cpu);
    }

    private List<String> row(LoadCase load, Figure figure, String broker) {
        String name = load.name();
        String title = load.title() + (figure.title().isEmpty() ? "" : ": " + figure.title());
        double rate = results.median(name, broker, figure.rateKey());
        double cpu = results.median(name, broker, figure.cpuKey());
        return List.of(
                title,
                broker,
                Numbers.brief(rate),
                percent(results.spread(name, broker, figure.rateKey()) / 2),
                ratio(rate, results.median(name, Results.CARILLON, figure.rateKey())),
                Numbers.brief(cpu),
                ratio(cpu, results.median(name, Results.CARILLON, figure.cpuKey())),
                Numbers.brief(results.memoryBytes(name, broker) / MIB),
                Numbers.brief(results.median(name, broker, "latencyMicrosP50")),
                Numbers.brief(results.median(name, broker, "latencyMicrosP99")),
                wrongs(name, broker),
                also(load, figure, broker));
    }

    private String also(LoadCase load, Figure figure, String broker) {
        String extra = Extra.words(results, load.name(), broker);
        String plain = load.name().replace("-tls", "");
        double times =
                results.median(plain, broker, figure.rateKey())
                        / results.median(load.name(), broker, figure.rateKey());
        if (!load.tls() || !Double.isFinite(times)) {
            return extra;
        }
        String slower = "plain is %s times as fast".formatted(Numbers.brief(times));
        return extra.isEmpty() ? slower : extra + ", " + slower;
    }

    private String wrongs(String load, String broker) {
        if (Double.isNaN(results.sum(load, broker, "lost"))) {
            return "–";
        }
        return List.of("lost", "doubled", "reordered").stream()
                .map(key -> String.format(Locale.ROOT, "%,.0f", results.sum(load, broker, key)))
                .collect(Collectors.joining(" / "));
    }

    private static String ratio(double value, double carillon) {
        return Double.isFinite(value / carillon)
                ? String.format(Locale.ROOT, "%.2f", value / carillon)
                : "–";
    }

    private static String percent(double part) {
        return Double.isFinite(part) ? String.format(Locale.ROOT, "%.0f %%", part * 100) : "–";
    }
}
