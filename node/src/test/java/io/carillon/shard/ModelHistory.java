package io.carillon.shard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.carillon.mqtt.packet.QoS;
import io.carillon.mqtt.packet.Topic;
import io.carillon.topic.TopicTrie;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What the clients of a model published, to whom that was promised, and whether it came. */
final class ModelHistory {
    private final List<ModelClient> clients;
    private final Map<Long, Published> published = new LinkedHashMap<>();

    /** The number of the will of each client's newest connection. */
    private final Map<ModelClient, Long> wills = new HashMap<>();

    private long lastNumber;

    /** One session of a client. */
    private record Receiver(ModelClient client, int session) {
        boolean isCurrent() {
            return client.session == session;
        }
    }

    private record Published(
            ModelClient publisher, String topic, QoS qos, List<Receiver> receivers) {
        boolean isShared() {
            return topic.startsWith("s/");
        }
    }

    ModelHistory(List<ModelClient> clients) {
        this.clients = clients;
    }

    /** Writes down a message that is about to be published; returns its number. */
    long publish(ModelClient publisher, String topic, QoS qos) {
        published.put(++lastNumber, new Published(publisher, topic, qos, receivers(topic)));
        return lastNumber;
    }

    /** The number of the will for a client's next connection. */
    long will(ModelClient owner) {
        long number = publish(owner, "w/1", QoS.EXACTLY_ONCE);
        wills.put(owner, number);
        return number;
    }

    private List<Receiver> receivers(String topic) {
        List<Receiver> receivers = new ArrayList<>();
        for (ModelClient client : clients) {
            if (client.subscribed && matches(client.filters, topic)) {
                receivers.add(new Receiver(client, client.session));
            }
        }
        return receivers;
    }

    private static boolean matches(List<String> filters, String topic) {
        TopicTrie trie = new TopicTrie();
        for (String filter : filters) {
            trie.subscribe(
                    RecordingLane.subscriber("any"),
                    TestClient.subscription(filter, QoS.EXACTLY_ONCE));
        }
        return trie.match(Topic.of(topic)).lanes().length > 0;
    }

    void check() {
        published.forEach(
                (number, message) -> {
                    if (message.publisher().publisher.accepted.contains(number)) {
                        message.receivers().stream()
                                .filter(Receiver::isCurrent)
                                .forEach(each -> assertGot(each.client(), number, message));
                        assertSharedWasTaken(number, message);
                    }
                });
        clients.forEach(this::assertInOrder);
        clients.forEach(this::assertWills);
    }

    private static void assertGot(ModelClient receiver, long number, Published message) {
        long times = count(receiver.deliveries, number);
        assertTrue(times > 0, receiver.id + " never got " + number + " " + message.topic());
        if (message.qos() == QoS.EXACTLY_ONCE && !message.isShared()) {
            assertEquals(1, times, receiver.id + " got " + number + " not once");
        }
    }

    /** At QoS 2 a message may end with the session of the member that had it under way. */
    private void assertSharedWasTaken(long number, Published message) {
        if (message.isShared() && message.qos() == QoS.AT_LEAST_ONCE) {
            long times = clients.stream().mapToLong(each -> count(each.everything, number)).sum();
            assertTrue(times > 0, "no member got " + number);
        }
    }

    private static long count(List<ModelClient.Delivery> deliveries, long number) {
        return deliveries.stream().filter(each -> each.number() == number).count();
    }

    /**
     * First deliveries of one publisher, topic and QoS come in the order of publishing; a message
     * from before the subscription may come late, when its publisher sends it again.
     */
    private void assertInOrder(ModelClient receiver) {
        Map<String, Long> last = new HashMap<>();
        List<ModelClient.Delivery> first =
                receiver.deliveries.stream()
                        .filter(each -> isPromised(each, receiver))
                        .distinct()
                        .toList();
        for (ModelClient.Delivery each : first) {
            String stream = each.publisher() + " " + each.topic() + " " + each.qos();
            Long before = last.put(stream, each.number());
            assertTrue(
                    before == null || before < each.number(),
                    receiver.id + " got " + each + " behind " + before);
        }
    }

    private boolean isPromised(ModelClient.Delivery delivery, ModelClient receiver) {
        Published message = published.get(delivery.number());
        return message != null
                && !message.isShared()
                && message.receivers().contains(new Receiver(receiver, receiver.session));
    }

    /** The wills of all connections that were there and are not, and no others. */
    private void assertWills(ModelClient owner) {
        long living = wills.getOrDefault(owner, 0L);
        for (ModelClient receiver : clients) {
            assertEquals(0, count(receiver.deliveries, living), "a living will");
        }
        for (long number : owner.wills) {
            if (number != living) {
                Published will = Objects.requireNonNull(published.get(number));
                will.receivers().stream()
                        .filter(Receiver::isCurrent)
                        .forEach(each -> assertGot(each.client(), number, will));
            }
        }
    }
}
