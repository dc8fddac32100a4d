package io.carillon.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.ArrayList;
import java.util.List;

/** The node's numbers, and those of the Java process, in Prometheus' text format. Any thread. */
public final class PrometheusPage implements AutoCloseable {
    /** What {@link #text} is. */
    static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private final PrometheusMeterRegistry registry =
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics collections = new JvmGcMetrics();
    private final List<MeterTable<?>> tables = new ArrayList<>();

    public PrometheusPage(BrokerMetrics metrics, String nodeName, String version) {
        registry.config().commonTags("node", nodeName);
        for (Metric metric : metrics.shown()) {
            bind(metric, metrics);
        }
        Gauge.builder("carillon.version", () -> 1)
                .description("The version that runs")
                .tag("version", version)
                .register(registry);
        collections.bindTo(registry);
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new FileDescriptorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
    }

    /** Shows a table, too, from now on. */
    public synchronized void show(MeterTable<?> table) {
        tables.add(table);
    }

    /** Everything, as it is now. */
    public synchronized String text() {
        tables.forEach(table -> table.read(registry));
        return registry.scrape(CONTENT_TYPE);
    }

    /** For numbers that the node does not know itself. */
    public MeterRegistry registry() {
        return registry;
    }

    private void bind(Metric metric, BrokerMetrics metrics) {
        Tags tags =
                metric.label().isEmpty()
                        ? Tags.empty()
                        : Tags.of(metric.label(), metric.labelValue());
        switch (metric.kind()) {
            case COUNTER ->
                    FunctionCounter.builder(metric.fullName(), metrics, m -> m.value(metric))
                            .description(metric.help())
                            .tags(tags)
                            .register(registry);
            case GAUGE ->
                    Gauge.builder(metric.fullName(), metrics, m -> m.value(metric))
                            .description(metric.help())
                            .tags(tags)
                            .strongReference(true)
                            .register(registry);
        }
    }

    @Override
    public void close() {
        collections.close();
        registry.close();
    }
}
