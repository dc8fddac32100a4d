package io.carillon.recovery;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.carillon.mqtt.packet.MqttVersion;
import io.carillon.mqtt.packet.Publish;
import io.carillon.mqtt.packet.QoS;
import io.carillon.testing.ClientEvent;
import io.carillon.testing.RawClient;
import io.carillon.testing.RawConnection;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** A few topics whose retained messages change all the time, and what must be retained of them. */
final class Retained {
    private static final int TOPICS = 7;

    private Retained() {}

    static String topicOf(int number) {
        return "state/" + number % TOPICS;
    }

    /**
     * Checks, while nobody publishes, that each topic holds the last acknowledged number or a later
     * one that was sent.
     */
    static void check(InetSocketAddress broker, Publishing publishing) throws IOException {
        Map<String, Integer> expected = new TreeMap<>();
        for (int i = 0; i < TOPICS; i++) {
            int last = publishing.lastAcknowledged(topicOf(i));
            if (last >= 0) {
                expected.put(topicOf(i), last);
            }
        }
        Map<String, Integer> found = read(broker, expected.keySet());
        expected.forEach(
                (topic, last) -> {
                    int number = found.getOrDefault(topic, -1);
                    assertTrue(
                            number >= last && number < publishing.sent(),
                            () ->
                                    "retained in %s: %d, acknowledged: %d, sent: up to %d"
                                            .formatted(topic, number, last, publishing.sent() - 1));
                });
    }

    private static Map<String, Integer> read(InetSocketAddress broker, Set<String> topics)
            throws IOException {
        Map<String, Integer> found = new HashMap<>();
        try (RawClient reader = RawClient.ofOneConnection("reader", MqttVersion.V5)) {
            reader.connect(broker);
            reader.subscribe("state/+", QoS.AT_LEAST_ONCE);
            while (!found.keySet().containsAll(topics)) {
                Optional<ClientEvent> event = reader.poll(RawConnection.DEADLINE);
                if (event.isEmpty()) {
                    return found;
                }
                if (event.get() instanceof ClientEvent.Delivered(Publish publish)) {
                    assertTrue(publish.retain(), () -> "nobody publishes, yet came " + publish);
                    found.put(
                            publish.message().topic().name(),
                            Integer.parseInt(new String(publish.message().payload(), US_ASCII)));
                }
            }
            reader.disconnect();
            return found;
        }
    }
}
