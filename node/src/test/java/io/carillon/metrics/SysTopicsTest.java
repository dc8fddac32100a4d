package io.carillon.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.carillon.mqtt.packet.Topic;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The topics under $SYS. */
final class SysTopicsTest {
    private final Map<Metric, Long> values = new EnumMap<>(Metric.class);
    private final BrokerMetrics metrics = metrics();
    private final SysTopics sys = new SysTopics(metrics, "1.2.3", 1_000);

    @Test
    void areThoseOfMosquitto() {
        assertTrue(
                sys.tick(2_000)
                        .keySet()
                        .containsAll(
                                List.of(
                                        "$SYS/broker/version",
                                        "$SYS/broker/uptime",
                                        "$SYS/broker/clients/total",
                                        "$SYS/broker/clients/connected",
                                        "$SYS/broker/clients/disconnected",
                                        "$SYS/broker/clients/maximum",
                                        "$SYS/broker/clients/expired",
                                        "$SYS/broker/messages/received",
                                        "$SYS/broker/messages/sent",
                                        "$SYS/broker/messages/stored",
                                        "$SYS/broker/store/messages/count",
                                        "$SYS/broker/store/messages/bytes",
                                        "$SYS/broker/subscriptions/count",
                                        "$SYS/broker/shared_subscriptions/count",
                                        "$SYS/broker/retained messages/count",
                                        "$SYS/broker/publish/messages/received",
                                        "$SYS/broker/publish/messages/sent",
                                        "$SYS/broker/publish/messages/dropped",
                                        "$SYS/broker/publish/bytes/received",
                                        "$SYS/broker/publish/bytes/sent",
                                        "$SYS/broker/bytes/received",
                                        "$SYS/broker/bytes/sent",
                                        "$SYS/broker/heap/current",
                                        "$SYS/broker/load/messages/received/1min",
                                        "$SYS/broker/load/bytes/sent/15min",
                                        "$SYS/broker/load/publish/dropped/5min",
                                        "$SYS/broker/load/sockets/1min",
                                        "$SYS/broker/load/connections/1min")));
    }

    @Test
    void areValidTopicsAndAlwaysTheSame() {
        List<String> first = List.copyOf(sys.tick(2_000).keySet());
        first.forEach(Topic::of);
        assertEquals(first, List.copyOf(sys.tick(3_000).keySet()));
    }

    @Test
    void countClients() {
        values.put(Metric.CLIENTS_CONNECTED, 5L);
        values.put(Metric.SESSIONS, 7L);
        values.put(Metric.SESSIONS_CONNECTED, 4L);
        Map<String, String> topics = sys.tick(62_500);
        assertEquals("carillon version 1.2.3", topics.get("$SYS/broker/version"));
        assertEquals("61 seconds", topics.get("$SYS/broker/uptime"));
        assertEquals("5", topics.get("$SYS/broker/clients/connected"));
        assertEquals("3", topics.get("$SYS/broker/clients/disconnected"));
        assertEquals("8", topics.get("$SYS/broker/clients/total"));
        values.put(Metric.CLIENTS_CONNECTED, 2L);
        assertEquals("5", sys.tick(70_000).get("$SYS/broker/clients/maximum"));
    }

    @Test
    void sumUpWhatWasDropped() {
        Metric.DROPPED.forEach(metric -> values.put(metric, 2L));
        assertEquals("12", sys.tick(2_000).get("$SYS/broker/publish/messages/dropped"));
    }

    /** A steady 100 a second shows as 6,000 a minute: in part after a minute, then nearly all. */
    @Test
    void averageTheLoad() {
        Map<String, String> topics = Map.of();
        for (int tick = 1; tick <= 6; tick++) {
            values.put(Metric.BYTES_RECEIVED, tick * 1_000L);
            topics = sys.tick(1_000 + tick * 10_000L);
        }
        assertEquals("3792.72", topics.get("$SYS/broker/load/bytes/received/1min"));
        assertEquals("1087.62", topics.get("$SYS/broker/load/bytes/received/5min"));
        assertEquals("386.96", topics.get("$SYS/broker/load/bytes/received/15min"));
        assertEquals("0.00", topics.get("$SYS/broker/load/bytes/sent/1min"));
    }

    @Test
    void twoTicksAtOneTimeChangeNoAverage() {
        LoadAverage average = new LoadAverage(1);
        double before = average.next(100, 10_000);
        assertEquals(before, average.next(50, 0));
    }

    private BrokerMetrics metrics() {
        BrokerMetrics.Builder builder = BrokerMetrics.builder();
        for (Metric metric : Metric.values()) {
            builder.read(metric, () -> values.getOrDefault(metric, 0L));
        }
        return builder.build();
    }
}
