package io.carillon.bench.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The outcome of a run: named values in order, printed for people or as JSON. */
public final class Report {
    /** A value; its key is the name in JSON, its label the one for people. */
    private record Field(String key, String label, Object value) {}

    private final List<Field> fields = new ArrayList<>();
    private final List<String> faults = new ArrayList<>();
    private final Map<String, Object> about = new LinkedHashMap<>();
    private List<Sample> samples = List.of();
    private List<Latency.Step> latencyCurve = List.of();

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

    /** Says what was run, where and when; only programs read it. */
    public Report about(Map<String, ?> more) {
        about.putAll(more);
        return this;
    }

    /** Adds what happened second by second. */
    public Report samples(List<Sample> all) {
        samples = List.copyOf(all);
        return this;
    }

    public List<Sample> samples() {
        return samples;
    }

    /** Adds how the times of messages were spread. */
    public Report latencyCurve(List<Latency.Step> curve) {
        latencyCurve = List.copyOf(curve);
        return this;
    }

    public List<Latency.Step> latencyCurve() {
        return latencyCurve;
    }

    public List<String> faults() {
        return List.copyOf(faults);
    }

    /** The value of a key. */
    public Optional<Object> value(String key) {
        return fields.stream().filter(field -> field.key.equals(key)).map(Field::value).findFirst();
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
        Map<String, Object> json = new LinkedHashMap<>();
        fields.forEach(field -> json.put(field.key, field.value));
        if (!about.isEmpty()) {
            json.put("run", about);
        }
        if (!samples.isEmpty()) {
            json.put("samples", samples.stream().map(Sample::json).toList());
        }
        if (!latencyCurve.isEmpty()) {
            json.put("latencyCurve", latencyCurve.stream().map(Latency.Step::json).toList());
        }
        json.put("faults", faults);
        return Json.document(json);
    }

    private static String human(Object value) {
        return switch (value) {
            case Long number -> String.format(Locale.ROOT, "%,d", number);
            case Double number -> String.format(Locale.ROOT, "%,.2f", number);
            default -> value.toString();
        };
    }
}
