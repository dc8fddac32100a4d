package io.carillon.clusterbench;

import io.carillon.compare.MarkdownTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** The figures, as they come, in two tables: what takes time, and what carries messages. */
final class Page {
    private final MarkdownTable times =
            new MarkdownTable(2, "What takes time", "Where", "times", "p50 ms", "p99 ms", "max ms");
    private final MarkdownTable loads =
            new MarkdownTable(
                    2, "Load", "Where", "per second", "CPU µs", "p50 ms", "p99 ms", "MiB");
    private final List<String> notes = new ArrayList<>();

    void time(String what, String where, Times measured) {
        List<String> row =
                List.of(
                        what,
                        where,
                        Integer.toString(measured.count()),
                        measured.millis(50),
                        measured.millis(99),
                        measured.millis(100));
        times.row(row);
        say(row);
    }

    void load(
            String what,
            String where,
            OptionalDouble perSecond,
            OptionalDouble cpuMicros,
            OptionalDouble p50Millis,
            OptionalDouble p99Millis,
            OptionalDouble bytes) {
        List<String> row =
                List.of(
                        what,
                        where,
                        number("%,.0f", perSecond, 1),
                        number("%,.1f", cpuMicros, 1),
                        number("%,.2f", p50Millis, 1),
                        number("%,.2f", p99Millis, 1),
                        number("%,.0f", bytes, 1.0 / (1 << 20)));
        loads.row(row);
        say(row);
    }

    /** Adds what does not fit into a table, and every fault. */
    void note(String text) {
        notes.add(text);
        System.err.println(text);
    }

    /** Whoever waits sees how it goes. */
    private static void say(List<String> row) {
        System.err.println(String.join(" | ", row));
    }

    private static String number(String format, OptionalDouble value, double factor) {
        return value.isPresent()
                ? String.format(Locale.ROOT, format, value.getAsDouble() * factor)
                : "";
    }

    String text(String about) {
        StringBuilder text = new StringBuilder("# Three nodes, measured\n").append(about);
        text.append('\n').append(loads.text()).append('\n').append(times.text());
        notes.forEach(note -> text.append("\n- ").append(note));
        return text.append('\n').toString();
    }
}
