package io.carillon.shard;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.carillon.mqtt.packet.QoS;
import io.carillon.mqtt.packet.ReasonCode;
import io.carillon.mqtt.packet.TopicFilter;
import io.carillon.record.Origin;
import io.carillon.session.QueueLimits;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** In a cluster, copies of retained messages that come late replace nothing. */
class RetainedOnceTest {
    private static final ShardSettings CLUSTERED =
            new ShardSettings(
                    new QueueLimits(1_000, 1 << 20, false, 16),
                    true,
                    10_000,
                    1_000,
                    1 << 20,
                    100_000,
                    1_000);

    private final TestNode node = TestNode.start(4, CLUSTERED);
    private final List<ReasonCode> outcomes = new ArrayList<>();

    @AfterEach
    void nothingFailedOnALoop() {
        node.assertHealthy();
    }

    @Test
    void aCopyByAFormerConnectionIsLate() {
        retain("1", 5, null);
        retain("2", 6, null);
        retain("1", 5, null);
        assertEquals(List.of("2"), found());
        retain("", 6, null);
        retain("1", 5, null);
        assertEquals(List.of(), found());
        retain("3", 6, null);
        assertEquals(List.of("3"), found());
        assertEquals(6, outcomes.size());
    }

    @Test
    void aCopyOfANumberedMessageIsLate() {
        retain("1", 5, new Origin(9, 1, false));
        retain("2", 5, new Origin(9, 2, false));
        retain("1", 5, new Origin(9, 1, false));
        assertEquals(List.of("2"), found());
    }

    /** Its client was not told that it is stored, and does not send it again: only its copy is. */
    @Test
    void aNumberedMessageIsNotLateForItsConnection() {
        retain("1", 6, null);
        retain("2", 5, new Origin(9, 1, false));
        assertEquals(List.of("2"), found());
    }

    private void retain(String payload, long attachment, @Nullable Origin origin) {
        node.shards.retain(
                new Publication(
                        TestNode.message("a", payload),
                        QoS.AT_LEAST_ONCE,
                        true,
                        "p",
                        attachment,
                        origin),
                outcomes::add);
        node.run();
    }

    private List<String> found() {
        List<String> found = new ArrayList<>();
        node.shards.read(
                node.shards.retained(TopicFilter.of("a")),
                page ->
                        page.rows()
                                .forEach(
                                        row ->
                                                found.add(
                                                        new String(
                                                                row.message().payload(),
                                                                StandardCharsets.UTF_8))));
        node.run();
        return found;
    }
}
