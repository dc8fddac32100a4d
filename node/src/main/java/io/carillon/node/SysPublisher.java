package io.carillon.node;

import io.carillon.config.Version;
import io.carillon.loop.AnyThread;
import io.carillon.metrics.BrokerMetrics;
import io.carillon.metrics.SysTopics;
import io.carillon.mqtt.packet.Message;
import io.carillon.mqtt.packet.QoS;
import io.carillon.mqtt.packet.Topic;
import io.carillon.mqtt.packet.TopicFilter;
import io.carillon.record.RetainedRow;
import io.carillon.shard.Publication;
import io.carillon.shard.Publisher;
import io.carillon.shard.RetainedPage;
import io.carillon.shard.RetainedQuery;
import io.carillon.shard.RetainedSource;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Publishes the broker's own topics at an interval, and keeps the last of each for new subscribers.
 * They live in memory only: after a restart they would be wrong.
 */
@AnyThread
final class SysPublisher implements RetainedSource {
    private volatile List<RetainedRow> last = List.of();

    /** Publishes now and at each interval; closing the result ends it. */
    AutoCloseable start(
            BrokerMetrics metrics,
            Publisher publisher,
            ScheduledExecutorService timer,
            long intervalMillis) {
        SysTopics topics = new SysTopics(metrics, Version.TEXT, nowMillis());
        ScheduledFuture<?> ticks =
                timer.scheduleAtFixedRate(
                        () -> publish(topics, publisher), 0, intervalMillis, TimeUnit.MILLISECONDS);
        return () -> ticks.cancel(false);
    }

    @Override
    public RetainedQuery retained(TopicFilter filter) {
        return new RetainedQuery(filter, List.of(0), null);
    }

    @Override
    public void read(RetainedQuery query, Consumer<RetainedPage> sink) {
        List<RetainedRow> rows =
                last.stream()
                        .filter(row -> matches(query.filter(), row.message().topic()))
                        .toList();
        sink.accept(new RetainedPage(rows, null));
    }

    private void publish(SysTopics topics, Publisher publisher) {
        List<RetainedRow> rows =
                topics.tick(nowMillis()).entrySet().stream()
                        .map(topic -> row(topic.getKey(), topic.getValue()))
                        .toList();
        last = rows;
        for (RetainedRow row : rows) {
            publisher.publish(new Publication(row.message(), row.qos(), false, null), _ -> {});
        }
    }

    /** All of these topics begin with a dollar sign, which no leading wildcard matches. */
    private static boolean matches(TopicFilter filter, Topic topic) {
        if (!filter.hasWildcard()) {
            return filter.pattern().equals(topic.name());
        }
        String[] wanted = filter.levels();
        String[] levels = topic.levels();
        if (!wanted[0].equals(levels[0])) {
            return false; // [MQTT-4.7.2-1] [MQTT3-4.7.2-1]
        }
        for (int i = 1; i < wanted.length; i++) {
            if (wanted[i].equals("#")) {
                return true;
            }
            if (i == levels.length || !wanted[i].equals("+") && !wanted[i].equals(levels[i])) {
                return false;
            }
        }
        return wanted.length == levels.length;
    }

    private static RetainedRow row(String topic, String payload) {
        Message message = Message.of(Topic.of(topic), payload.getBytes(StandardCharsets.UTF_8));
        return new RetainedRow(message, QoS.AT_MOST_ONCE);
    }

    private static long nowMillis() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
    }
}
