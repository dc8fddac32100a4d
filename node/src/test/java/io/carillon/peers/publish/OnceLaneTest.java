package io.carillon.peers.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.carillon.mqtt.packet.Message;
import io.carillon.mqtt.packet.QoS;
import io.carillon.mqtt.packet.Topic;
import io.carillon.record.Origin;
import io.carillon.shard.Publication;
import io.carillon.topic.Targets;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class OnceLaneTest {
    private final List<String> got = new ArrayList<>();
    private final OnceLane lane =
            new OnceLane(
                    (publication, _, _) ->
                            got.add(
                                    new String(
                                            publication.message().payload(),
                                            StandardCharsets.UTF_8)));

    @Test
    void aMessageOfAnExactlyOncePublisherGoesThroughOnceWhoeverRoutesIt() {
        handOut("a", new Origin(7, 1, false));
        handOut("b", new Origin(7, 2, false));
        handOut("a", new Origin(7, 1, true));
        handOut("b", new Origin(7, 2, true));
        handOut("other", new Origin(8, 1, true));
        assertEquals(List.of("a", "b", "other"), got);
    }

    @Test
    void othersAreNotCompared() {
        handOut("a", null);
        handOut("a", null);
        assertEquals(List.of("a", "a"), got);
    }

    private void handOut(String payload, @Nullable Origin origin) {
        Message message = Message.of(Topic.of("t"), payload.getBytes(StandardCharsets.UTF_8));
        lane.handOut(
                new Publication(message, QoS.EXACTLY_ONCE, false, "p", 1, origin),
                Targets.NONE,
                null);
    }
}
