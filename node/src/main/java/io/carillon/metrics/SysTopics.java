package io.carillon.metrics;

import static io.carillon.metrics.Metric.BYTES_RECEIVED;
import static io.carillon.metrics.Metric.BYTES_SENT;
import static io.carillon.metrics.Metric.CLIENTS_CONNECTED;
import static io.carillon.metrics.Metric.CONNECTIONS_OPENED;
import static io.carillon.metrics.Metric.CONNECTS_ACCEPTED;
import static io.carillon.metrics.Metric.PACKETS_RECEIVED;
import static io.carillon.metrics.Metric.PACKETS_SENT;
import static io.carillon.metrics.Metric.PUBLISHES_RECEIVED;
import static io.carillon.metrics.Metric.PUBLISHES_SENT;
import static io.carillon.metrics.Metric.PUBLISH_BYTES_RECEIVED;
import static io.carillon.metrics.Metric.PUBLISH_BYTES_SENT;
import static io.carillon.metrics.Metric.QUEUE_BYTES;
import static io.carillon.metrics.Metric.QUEUE_MESSAGES;
import static io.carillon.metrics.Metric.RETAINED_BYTES;
import static io.carillon.metrics.Metric.RETAINED_MESSAGES;
import static io.carillon.metrics.Metric.SESSIONS;
import static io.carillon.metrics.Metric.SESSIONS_CONNECTED;
import static io.carillon.metrics.Metric.SESSIONS_EXPIRED;
import static io.carillon.metrics.Metric.SUBSCRIPTIONS;
import static io.carillon.metrics.Metric.SUBSCRIPTIONS_SHARED;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * The broker's own topics: what Mosquitto publishes under {@code $SYS/broker}, under the same
 * names, from this node's numbers. One thread asks for them at each tick.
 */
public final class SysTopics {
    private static final String ROOT = "$SYS/broker/";
    private static final List<Integer> SPANS_MINUTES = List.of(1, 5, 15);

    private final BrokerMetrics metrics;
    private final String version;
    private final long startedMillis;
    private final List<Load> loads = new ArrayList<>();
    private long lastTickMillis;
    private long clientsMax;
    private long heapMax;

    /** A counter under {@code load}, with what it was at the last tick. */
    private static final class Load {
        final String name;
        final LongSupplier counter;
        final List<LoadAverage> averages = SPANS_MINUTES.stream().map(LoadAverage::new).toList();
        long last;

        Load(String name, LongSupplier counter) {
            this.name = name;
            this.counter = counter;
            this.last = counter.getAsLong();
        }
    }

    /**
     * The topics of a node that starts now.
     *
     * @param nowMillis any clock that does not jump; the same one at each tick
     */
    public SysTopics(BrokerMetrics metrics, String version, long nowMillis) {
        this.metrics = metrics;
        this.version = version;
        this.startedMillis = nowMillis;
        this.lastTickMillis = nowMillis;
        load("messages/received", PACKETS_RECEIVED);
        load("messages/sent", PACKETS_SENT);
        load("publish/received", PUBLISHES_RECEIVED);
        load("publish/sent", PUBLISHES_SENT);
        loads.add(new Load("publish/dropped", this::dropped));
        load("bytes/received", BYTES_RECEIVED);
        load("bytes/sent", BYTES_SENT);
        load("sockets", CONNECTIONS_OPENED);
        load("connections", CONNECTS_ACCEPTED);
    }

    /** Topic and payload of each, as they are now; always the same topics in the same order. */
    public Map<String, String> tick(long nowMillis) {
        Map<String, String> topics = new LinkedHashMap<>();
        topics.put(ROOT + "version", "carillon version " + version);
        topics.put(ROOT + "uptime", (nowMillis - startedMillis) / 1_000 + " seconds");
        clients(topics);
        put(topics, "subscriptions/count", metrics.value(SUBSCRIPTIONS));
        put(topics, "shared_subscriptions/count", metrics.value(SUBSCRIPTIONS_SHARED));
        put(topics, "retained messages/count", metrics.value(RETAINED_MESSAGES));
        long stored = metrics.value(RETAINED_MESSAGES) + metrics.value(QUEUE_MESSAGES);
        put(topics, "messages/stored", stored);
        put(topics, "store/messages/count", stored);
        put(
                topics,
                "store/messages/bytes",
                metrics.value(RETAINED_BYTES) + metrics.value(QUEUE_BYTES));
        put(topics, "messages/received", metrics.value(PACKETS_RECEIVED));
        put(topics, "messages/sent", metrics.value(PACKETS_SENT));
        put(topics, "publish/messages/dropped", dropped());
        put(topics, "publish/messages/received", metrics.value(PUBLISHES_RECEIVED));
        put(topics, "publish/messages/sent", metrics.value(PUBLISHES_SENT));
        put(topics, "publish/bytes/received", metrics.value(PUBLISH_BYTES_RECEIVED));
        put(topics, "publish/bytes/sent", metrics.value(PUBLISH_BYTES_SENT));
        put(topics, "bytes/received", metrics.value(BYTES_RECEIVED));
        put(topics, "bytes/sent", metrics.value(BYTES_SENT));
        heap(topics);
        loads(topics, nowMillis - lastTickMillis);
        lastTickMillis = nowMillis;
        return topics;
    }

    private void clients(Map<String, String> topics) {
        long connected = metrics.value(CLIENTS_CONNECTED);
        long away = Math.max(0, metrics.value(SESSIONS) - metrics.value(SESSIONS_CONNECTED));
        clientsMax = Math.max(clientsMax, connected);
        put(topics, "clients/connected", connected);
        put(topics, "clients/disconnected", away);
        put(topics, "clients/total", connected + away);
        put(topics, "clients/maximum", clientsMax);
        put(topics, "clients/expired", metrics.value(SESSIONS_EXPIRED));
    }

    private void heap(Map<String, String> topics) {
        Runtime runtime = Runtime.getRuntime();
        long used = runtime.totalMemory() - runtime.freeMemory();
        heapMax = Math.max(heapMax, used);
        put(topics, "heap/current", used);
        put(topics, "heap/maximum", heapMax);
    }

    private void loads(Map<String, String> topics, long elapsedMillis) {
        for (Load load : loads) {
            long value = load.counter.getAsLong();
            for (int i = 0; i < SPANS_MINUTES.size(); i++) {
                double average = load.averages.get(i).next(value - load.last, elapsedMillis);
                topics.put(
                        ROOT + "load/" + load.name + "/" + SPANS_MINUTES.get(i) + "min",
                        String.format(Locale.ROOT, "%.2f", average));
            }
            load.last = value;
        }
    }

    private long dropped() {
        return Metric.DROPPED.stream().mapToLong(metrics::value).sum();
    }

    private void load(String name, Metric counter) {
        loads.add(new Load(name, () -> metrics.value(counter)));
    }

    private static void put(Map<String, String> topics, String name, long value) {
        topics.put(ROOT + name, Long.toString(value));
    }
}
