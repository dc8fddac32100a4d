package io.carillon.shard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.carillon.mqtt.packet.Packet;
import io.carillon.mqtt.packet.Puback;
import io.carillon.mqtt.packet.Pubcomp;
import io.carillon.mqtt.packet.Publish;
import io.carillon.mqtt.packet.Pubrec;
import io.carillon.mqtt.packet.Pubrel;
import io.carillon.mqtt.packet.QoS;
import io.carillon.mqtt.packet.ReasonCode;
import io.carillon.mqtt.packet.Subscription;
import io.carillon.mqtt.packet.SubscriptionOptions;
import io.carillon.mqtt.packet.TopicFilter;
import io.carillon.mqtt.packet.Unsubscribe;
import io.carillon.mqtt.packet.UserProperties;
import io.carillon.mqtt.packet.Will;
import io.carillon.session.SubscribeCommand;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A connection with its client, which does what the test says and nothing by itself. */
final class TestClient {
    private final TestNode node;
    final String id;
    final FakeOutlet outlet = new FakeOutlet();
    private int read;
    private int packetIds;

    private TestClient(TestNode node, String id) {
        this.node = node;
        this.id = id;
    }

    /** How a client connects; a durable session without will, resumed if there is one. */
    record Options(
            @Nullable String userName,
            boolean cleanStart,
            long expirySeconds,
            int receiveMaximum,
            @Nullable Will will) {
        static final Options DURABLE = new Options("user", false, 3_600, 65_535, null);
        static final Options TRANSIENT = new Options("user", true, 0, 65_535, null);

        Options user(@Nullable String name) {
            return new Options(name, cleanStart, expirySeconds, receiveMaximum, will);
        }

        Options clean() {
            return new Options(userName, true, expirySeconds, receiveMaximum, will);
        }

        Options expiry(long seconds) {
            return new Options(userName, cleanStart, seconds, receiveMaximum, will);
        }

        Options window(int messages) {
            return new Options(userName, cleanStart, expirySeconds, messages, will);
        }

        Options will(String topic, String payload, long delaySeconds) {
            Will last =
                    new Will(
                            TestNode.message(topic, payload),
                            QoS.EXACTLY_ONCE,
                            false,
                            delaySeconds,
                            -1);
            return new Options(userName, cleanStart, expirySeconds, receiveMaximum, last);
        }
    }

    /** A connection that has asked and is not answered yet. */
    static TestClient ask(TestNode node, String id, Options options) {
        TestClient client = new TestClient(node, id);
        client.outlet.whenClosed =
                attached -> node.shards.detach(id, attached.attachment(), false, -1);
        node.shards.attach(
                new AttachRequest(
                        id,
                        options.userName(),
                        options.cleanStart(),
                        options.expirySeconds(),
                        options.receiveMaximum(),
                        options.will(),
                        client.outlet));
        return client;
    }

    /** A connection that is in. */
    static TestClient connect(TestNode node, String id, Options options) {
        TestClient client = ask(node, id, options);
        node.run();
        assertNull(client.outlet.refused, client.outlet.cause);
        assertNotNull(client.outlet.attached);
        return client;
    }

    static TestClient durable(TestNode node, String id) {
        return connect(node, id, Options.DURABLE);
    }

    boolean sessionPresent() {
        Attached attached = outlet.attached;
        assertNotNull(attached);
        return attached.sessionPresent();
    }

    /** The connection breaks. */
    void vanish() {
        node.shards.detach(id, outlet.attachment(), false, -1);
        node.run();
    }

    /** DISCONNECT. */
    void leave() {
        node.shards.detach(id, outlet.attachment(), true, -1);
        node.run();
    }

    /** DISCONNECT that ends the session. */
    void endSession() {
        node.shards.detach(id, outlet.attachment(), true, 0);
        node.run();
    }

    /** Subscribes, and checks that the answer has come. */
    TestClient subscribe(String filter, QoS qos) {
        send(subscription(filter, qos));
        node.run();
        assertEquals(
                List.of("suback #" + packetIds + " [" + ReasonCode.granted(qos) + "]"), take(1));
        return this;
    }

    void send(Subscription... subscriptions) {
        List<SubscribeCommand.Item> items = new ArrayList<>();
        for (Subscription subscription : subscriptions) {
            items.add(new SubscribeCommand.Granted(subscription));
        }
        node.shards.subscribe(id, outlet.attachment(), new SubscribeCommand(++packetIds, items));
    }

    static Subscription subscription(String filter, QoS qos) {
        return new Subscription(
                TopicFilter.of(filter),
                new SubscriptionOptions(
                        qos, false, false, SubscriptionOptions.RetainHandling.ALWAYS),
                0);
    }

    void unsubscribe(String... filters) {
        send(new Unsubscribe(++packetIds, List.of(filters), UserProperties.NONE));
    }

    void send(Packet... packets) {
        node.shards.packets(id, outlet.attachment(), List.of(packets));
    }

    /** What has come since the last call. */
    List<String> take() {
        node.run();
        return take(outlet.sent.size() - read);
    }

    private List<String> take(int count) {
        List<String> taken = PacketText.of(outlet.sent.subList(read, read + count));
        read += count;
        return taken;
    }

    /** Takes what has come, and answers all of it, until nothing more comes. */
    List<String> takeAndAcknowledge() {
        List<String> all = new ArrayList<>();
        node.run();
        while (read < outlet.sent.size()) {
            List<Packet> news = List.copyOf(outlet.sent.subList(read, outlet.sent.size()));
            all.addAll(take(news.size()));
            Packet[] answers =
                    news.stream()
                            .map(TestClient::answer)
                            .flatMap(List::stream)
                            .toArray(Packet[]::new);
            if (answers.length > 0) {
                send(answers);
                node.run();
            }
        }
        return all;
    }

    private static List<Packet> answer(Packet packet) {
        return switch (packet) {
            case Publish publish ->
                    switch (publish.qos()) {
                        case AT_MOST_ONCE -> List.of();
                        case AT_LEAST_ONCE -> List.of(new Puback(publish.packetId()));
                        case EXACTLY_ONCE -> List.of(new Pubrec(publish.packetId()));
                    };
            case Pubrel pubrel -> List.of(new Pubcomp(pubrel.packetId()));
            default -> List.of();
        };
    }
}
