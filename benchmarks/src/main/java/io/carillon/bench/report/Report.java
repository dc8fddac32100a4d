package io.carillon.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** The outcome of a run: named values in order, printed for people or as JSON. */
public final class Report {
    /** A value; its key is the name in JSON, its label the one for people. */
    private record Field(String key, String label, Object value) {}

    private final List<Field> fields = new ArrayList<>();
    private final List<String> faults = new ArrayList<>();

    public Report add(String key, String label, long value) {
        fields.add(new Field(key, label, value));
        return this;
    }

    public Report add(String key, String label, double value) {
        fields.add(new Field(key, label, value));
        return this;
    }

    public Report add(String key, String label, String value) {
        fields.add(new Field(key, label, value));
        return this;
    }

    /** Adds what is wrong with the run: a report with a fault makes the program fail. */
    public Report fault(String fault) {
        faults.add(fault);
        return this;
    }

    public List<String> faults() {
        return List.copyOf(faults);
    }

    /**
     * The value of a key.
     *
     * @throws IllegalArgumentException if there is none
     */
    public Object value(String key) {
        return fields.stream()
                .filter(field -> field.key.equals(key))
                .map(Field::value)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no value " + key));
    }

    public String text() {
        StringBuilder text = new StringBuilder();
        for (Field field : fields) {
            text.append(String.format(Locale.ROOT, "%-38s", field.label))
                    .append(human(field.value))
                    .append('\n');
        }
        faults.forEach(fault -> text.append("FAULT: ").append(fault).append('\n'));
        return text.toString();
    }

    public String json() {
        StringBuilder json = new StringBuilder("{\n");
        for (Field field : fields) {
            json.append("  ").append(quoted(field.key)).append(": ");
            json.append(machine(field.value)).append(",\n");
        }
        json.append("  \"faults\": [");
        json.append(String.join(", ", faults.stream().map(Report::quoted).toList()));
        return json.append("]\n}\n").toString();
    }

    private static String human(Object value) {
        return switch (value) {
            case Long number -> String.format(Locale.ROOT, "%,d", number);
            case Double number -> String.format(Locale.ROOT, "%,.2f", number);
            default -> value.toString();
        };
    }

    private static String machine(Object value) {
        return switch (value) {
            case Long number -> number.toString();
            // JSON has no word for what a division by zero leaves.
            case Double number when !Double.isFinite(number) -> "null";
            case Double number -> String.format(Locale.ROOT, "%.3f", number);
            default -> quoted(Objects.toString(value));
        };
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> quoted.append("\\\"");
                case '\\' -> quoted.append("\\\\");
                default -> {
                    if (c < ' ') {
                        quoted.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
                    } else {
                        quoted.append(c);
                    }
                }
            }
        }
        return quoted.append('"').toString();
    }
}
