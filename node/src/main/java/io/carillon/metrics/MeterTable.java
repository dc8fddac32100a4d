package io.carillon.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Numbers that a node has for each of several things, such as its peers: one row for each, told
 * apart by a label. Rows come and go with the things. All numbers of a page are of one reading.
 *
 * @param <T> what is read of each thing
 */
public final class MeterTable<T> {
    private record Column<T>(
            Metric.Kind kind, String name, Tags tags, String help, ToLongFunction<T> value) {}

    private final String label;
    private final Supplier<Map<String, T>> source;
    private final List<Column<T>> columns = new ArrayList<>();
    private final Map<String, List<Meter>> rows = new HashMap<>();
    private volatile Map<String, T> latest = Map.of();

    /**
     * A table without columns.
     *
     * @param label of each row
     * @param source all rows by the label's value; bounded; read from any thread, and doesn't block
     */
    public MeterTable(String label, Supplier<Map<String, T>> source) {
        this.label = label;
        this.source = source;
    }

    /** Adds a column. Before the table is shown. */
    public MeterTable<T> with(Metric.Kind kind, String name, String help, ToLongFunction<T> value) {
        columns.add(new Column<>(kind, "carillon." + name, Tags.empty(), help, value));
        return this;
    }

    /** Adds a column that another label tells from others of its name. */
    public MeterTable<T> with(
            Metric.Kind kind,
            String name,
            String otherLabel,
            String otherValue,
            String help,
            ToLongFunction<T> value) {
        Tags tags = Tags.of(otherLabel, otherValue);
        columns.add(new Column<>(kind, "carillon." + name, tags, help, value));
        return this;
    }

    /** Reads all rows, and has the registry show these. One thread at a time. */
    void read(MeterRegistry registry) {
        Map<String, T> now = source.get();
        latest = now;
        rows.entrySet()
                .removeIf(
                        row -> {
                            boolean gone = !now.containsKey(row.getKey());
                            if (gone) {
                                row.getValue().forEach(registry::remove);
                            }
                            return gone;
                        });
        now.keySet().forEach(row -> rows.computeIfAbsent(row, each -> show(each, registry)));
    }

    private List<Meter> show(String row, MeterRegistry registry) {
        return columns.stream().map(column -> meter(column, row, registry)).toList();
    }

    private Meter meter(Column<T> column, String row, MeterRegistry registry) {
        Tags tags = column.tags().and(label, row);
        return switch (column.kind()) {
            case COUNTER ->
                    FunctionCounter.builder(column.name(), this, table -> table.value(column, row))
                            .description(column.help())
                            .tags(tags)
                            .register(registry);
            case GAUGE ->
                    Gauge.builder(column.name(), this, table -> table.value(column, row))
                            .description(column.help())
                            .tags(tags)
                            .strongReference(true)
                            .register(registry);
        };
    }

    private double value(Column<T> column, String row) {
        @Nullable T read = latest.get(row);
        return read == null ? 0 : column.value().applyAsLong(read);
    }
}
