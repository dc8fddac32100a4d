package io.carillon.node;

import io.carillon.metrics.BrokerMetrics;
import io.carillon.metrics.Metric;
import io.carillon.net.ConnectionFactory;
import io.carillon.net.lane.IoLanes;
import io.carillon.net.lane.NetCount;
import io.carillon.net.listen.ListenCounts;
import io.carillon.net.listen.Listeners;
import io.carillon.shard.ShardMetrics;
import io.carillon.topic.TopicTrie;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.Map;
import java.util.function.LongSupplier;

/** Where each number of the node is counted. */
final class Counters {
    private static final Map<Metric, NetCount> NET =
            Map.ofEntries(
                    Map.entry(Metric.CONNECTIONS_OPENED, NetCount.CONNECTIONS_OPENED),
                    Map.entry(Metric.CONNECTS_ACCEPTED, NetCount.CONNECTS_ACCEPTED),
                    Map.entry(Metric.CONNECTS_REFUSED, NetCount.CONNECTS_REFUSED),
                    Map.entry(Metric.CONNECT_TIMEOUTS, NetCount.CONNECT_TIMEOUTS),
                    Map.entry(Metric.TAKEOVERS, NetCount.TAKEOVERS),
                    Map.entry(Metric.KEEP_ALIVE_TIMEOUTS, NetCount.KEEP_ALIVE_TIMEOUTS),
                    Map.entry(Metric.PROTOCOL_ERRORS, NetCount.PROTOCOL_ERRORS),
                    Map.entry(Metric.SLOW_READERS, NetCount.SLOW_READERS_DISCONNECTED),
                    Map.entry(Metric.BYTES_RECEIVED, NetCount.BYTES_RECEIVED),
                    Map.entry(Metric.BYTES_SENT, NetCount.BYTES_SENT),
                    Map.entry(Metric.PACKETS_RECEIVED, NetCount.PACKETS_RECEIVED),
                    Map.entry(Metric.PACKETS_SENT, NetCount.PACKETS_SENT),
                    Map.entry(Metric.PUBLISHES_RECEIVED, NetCount.PUBLISHES_RECEIVED),
                    Map.entry(Metric.PUBLISHES_SENT, NetCount.PUBLISHES_SENT),
                    Map.entry(Metric.PUBLISHES_NOT_AUTHORIZED, NetCount.PUBLISHES_NOT_AUTHORIZED),
                    Map.entry(Metric.PUBLISHERS_PAUSED, NetCount.PUBLISHERS_PAUSED),
                    Map.entry(
                            Metric.SUBSCRIPTIONS_NOT_AUTHORIZED,
                            NetCount.SUBSCRIPTIONS_NOT_AUTHORIZED),
                    Map.entry(Metric.DROPPED_EXPIRED, NetCount.DROPPED_EXPIRED),
                    Map.entry(Metric.DROPPED_TOO_LARGE, NetCount.DROPPED_TOO_LARGE),
                    Map.entry(Metric.DROPPED_SLOW_READER, NetCount.DROPPED_SLOW_READER));

    private Counters() {}

    /** The sources of those who count. */
    static BrokerMetrics.Builder of(
            IoLanes lanes,
            ConnectionFactory connections,
            ListenCounts listening,
            ShardMetrics shards,
            TopicTrie trie,
            Ground log,
            ShardLoops loops) {
        BrokerMetrics.Builder metrics = BrokerMetrics.builder();
        NET.forEach((metric, count) -> metrics.read(metric, () -> lanes.count(count)));
        listening(metrics, listening);
        shards(metrics, shards);
        log(metrics, log);
        log.count(metrics);
        LongSupplier clients =
                () -> lanes.count(NetCount.CONNECTS_ACCEPTED) - lanes.count(NetCount.CLIENTS_GONE);
        return metrics.read(Metric.CONNECTIONS, connections::openConnections)
                .read(Metric.CLIENTS_CONNECTED, clients)
                .read(
                        Metric.DROPPED_QUEUE_FULL,
                        () -> lanes.count(NetCount.DROPPED_QUEUE_FULL) + shards.queueFull.sum())
                .read(Metric.SUBSCRIPTIONS, trie::subscriptionCount)
                .read(Metric.SUBSCRIPTIONS_SHARED, trie::sharedSubscriptionCount)
                .read(Metric.LOOP_PENDING, loops::pending)
                .read(Metric.LOOP_FAILURES, loops::failures);
    }

    /** Shows when the first of the listeners' certificates ends, where there is one. */
    static void showCertificates(MeterRegistry registry, Listeners listeners) {
        if (listeners.certificateExpiry().isPresent()) {
            Gauge.builder("carillon.certificate.expiry.timestamp", listeners, Counters::expiry)
                    .description("When the first certificate of a listener ends, in Unix time")
                    .baseUnit("seconds")
                    .strongReference(true)
                    .register(registry);
        }
    }

    private static double expiry(Listeners listeners) {
        return listeners.certificateExpiry().map(Instant::getEpochSecond).orElse(0L);
    }

    private static void listening(BrokerMetrics.Builder metrics, ListenCounts counts) {
        metrics.read(Metric.CONNECTIONS_OVER_LIMIT, counts.refusals()::sum)
                .read(Metric.ACCEPT_FAILURES, counts.acceptFailures()::sum)
                .read(Metric.TLS_FAILURES, counts.tlsFailures()::sum)
                .read(Metric.WEBSOCKET_REFUSALS, counts.webSocketRefusals()::sum);
    }

    private static void shards(BrokerMetrics.Builder metrics, ShardMetrics shards) {
        metrics.read(Metric.SESSIONS, shards.sessions::get)
                .read(Metric.SESSIONS_CONNECTED, shards.sessionsOnline::get)
                .read(Metric.SESSIONS_EXPIRED, shards.sessionsExpired::sum)
                .read(Metric.QUEUED, shards.queued::sum)
                .read(Metric.WILLS, shards.wills::sum)
                .read(Metric.DROPPED_OFFLINE, shards.droppedOffline::sum)
                .read(Metric.PUBLISHES_DUPLICATE, shards.duplicates::sum)
                .read(Metric.PUBLISHES_REFUSED, shards.refused::sum)
                .read(Metric.RETAINED_MESSAGES, shards.retainedMessages::get)
                .read(Metric.RETAINED_BYTES, shards.retainedBytes::get);
    }

    private static void log(BrokerMetrics.Builder metrics, Ground log) {
        metrics.read(Metric.LOG_COMMITTED, () -> log.logStats().committedRecords())
                .read(Metric.LOG_SYNCS, () -> log.logStats().syncs())
                .read(Metric.LOG_UNCOMMITTED_BYTES, () -> log.logStats().uncommittedBytes())
                .read(Metric.LOG_SYNC_MILLIS_MAX, () -> log.logStats().slowestSyncMillis());
    }
}
