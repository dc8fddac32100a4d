package io.carillon.shard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.carillon.mqtt.packet.Packet;
import io.carillon.mqtt.packet.Puback;
import io.carillon.mqtt.packet.Pubcomp;
import io.carillon.mqtt.packet.Publish;
import io.carillon.mqtt.packet.Pubrec;
import io.carillon.mqtt.packet.Pubrel;
import io.carillon.mqtt.packet.QoS;
import io.carillon.mqtt.packet.ReasonCode;
import io.carillon.mqtt.packet.Suback;
import io.carillon.mqtt.packet.Subscription;
import io.carillon.session.SubscribeCommand;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A client that keeps to the standard and never forgets: subscribes once, publishes at all QoS,
 * answers late, loses its connection and comes back. Writes down what it was promised and what it
 * got.
 */
final class ModelClient {
    /** A message that it published, until the broker took it over. */
    private record Sent(long number, String topic, QoS qos, boolean released) {}

    final String id;
    final List<String> filters;
    private final int receiveMaximum;

    // The session, as the client keeps it.
    private final LinkedHashMap<Integer, Sent> sending = new LinkedHashMap<>();
    private final Set<Integer> receiving = new HashSet<>();
    private boolean everConnected;
    private int lastPacketId;

    // What it learnt.
    final Set<Long> accepted = new TreeSet<>();
    final List<Delivery> deliveries = new ArrayList<>();
    boolean subscribed;

    /** A message that reached the application. */
    record Delivery(long number, String topic, String publisher, QoS qos) {}

    // The connection.
    private @Nullable FakeOutlet outlet;
    private int read;
    private boolean begun;
    private final List<Packet> unanswered = new ArrayList<>();
    private final Set<Integer> inFlight = new HashSet<>();

    ModelClient(String id, List<String> filters, int receiveMaximum) {
        this.id = id;
        this.filters = filters;
        this.receiveMaximum = receiveMaximum;
    }

    boolean isConnecting() {
        return outlet != null;
    }

    boolean isConnected() {
        return outlet != null && begun && outlet.isOpen();
    }

    boolean isDone() {
        return sending.isEmpty() && unanswered.isEmpty();
    }

    void connect(TestNode node) {
        outlet = new FakeOutlet();
        read = 0;
        begun = false;
        unanswered.clear();
        inFlight.clear();
        node.shards.attach(
                new AttachRequest(id, null, false, 100_000, receiveMaximum, null, outlet));
    }

    /** The connection breaks; the broker may hear of it. */
    void lose(TestNode node, boolean heard) {
        FakeOutlet old = outlet;
        outlet = null;
        if (old != null && old.attached != null && heard) {
            node.shards.detach(id, old.attachment(), false, -1);
        }
    }

    /** DISCONNECT that ends the session. */
    void leave(TestNode node) {
        FakeOutlet now = outlet;
        assertNotNull(now);
        node.shards.detach(id, now.attachment(), true, 0);
        outlet = null;
    }

    void congest(boolean congested, TestNode node) {
        FakeOutlet now = outlet;
        if (now != null) {
            now.congested = congested;
            if (!congested && now.attached != null) {
                node.shards.drained(id, now.attachment());
            }
        }
    }

    /** Publishes; at QoS 1 as a connection does for its client, at QoS 2 through its session. */
    void publish(TestNode node, long number, String topic, QoS qos) {
        if (!isConnected() || !subscribed) {
            return;
        }
        if (qos == QoS.AT_MOST_ONCE) {
            node.publish(publication(number, topic, qos));
            return;
        }
        int packetId = nextPacketId();
        Sent sent = new Sent(number, topic, qos, false);
        sending.put(packetId, sent);
        send(node, packetId, sent, false);
    }

    private int nextPacketId() {
        do {
            lastPacketId = lastPacketId % 65_535 + 1;
        } while (sending.containsKey(lastPacketId));
        return lastPacketId;
    }

    private void send(TestNode node, int packetId, Sent sent, boolean again) {
        FakeOutlet now = outlet;
        assertNotNull(now);
        if (sent.released()) {
            node.shards.packets(id, now.attachment(), List.of(new Pubrel(packetId)));
        } else if (sent.qos() == QoS.EXACTLY_ONCE) {
            Publication publication = publication(sent.number(), sent.topic(), sent.qos());
            Publish packet = new Publish(publication.message(), sent.qos(), false, again, packetId);
            node.shards.packets(id, now.attachment(), List.of(packet));
        } else {
            Publication publication = publication(sent.number(), sent.topic(), sent.qos());
            Receipt receipt =
                    outcome -> {
                        if (outlet == now && now.isOpen() && !outcome.isError()) {
                            sending.remove(packetId);
                            accepted.add(sent.number());
                        }
                    };
            ReasonCode outcome =
                    node.router.publish(
                            publication, node.trie.match(publication.message().topic()), receipt);
            if (outcome != null) {
                receipt.done(outcome);
            }
        }
    }

    private Publication publication(long number, String topic, QoS qos) {
        return new Publication(TestNode.message(topic, id + " " + number), qos, false, id);
    }

    /** Takes the next packet that has come; false if there is none. */
    boolean readOne(TestNode node) {
        FakeOutlet now = outlet;
        if (now == null) {
            return false;
        }
        if (now.attached != null && !begun) {
            begun = true;
            begin(node, now.attached);
            return true;
        }
        if (!now.isOpen() || read == now.sent.size()) {
            return false;
        }
        take(node, now.sent.get(read++));
        return true;
    }

    /** CONNACK: what is unfinished is sent again, in its order [MQTT-4.4.0-1]. */
    private void begin(TestNode node, Attached attached) {
        if (everConnected && subscribed) {
            assertTrue(attached.sessionPresent(), "the session of " + id + " is lost");
        }
        everConnected = true;
        List<SubscribeCommand.Item> items = new ArrayList<>();
        for (String filter : filters) {
            Subscription subscription = TestClient.subscription(filter, QoS.EXACTLY_ONCE);
            items.add(new SubscribeCommand.Granted(subscription));
        }
        if (!subscribed) {
            node.shards.subscribe(id, attached.attachment(), new SubscribeCommand(1, items));
        }
        Map<Integer, Sent> again = new LinkedHashMap<>(sending);
        again.forEach((packetId, sent) -> send(node, packetId, sent, true));
    }

    private void take(TestNode node, Packet packet) {
        switch (packet) {
            case Suback suback -> subscribed = true;
            case Publish publish -> receive(publish);
            case Pubrel pubrel -> {
                receiving.remove(pubrel.packetId());
                inFlight.add(pubrel.packetId());
                unanswered.add(new Pubcomp(pubrel.packetId()));
            }
            case Pubrec pubrec -> {
                Sent sent = sending.get(pubrec.packetId());
                if (sent != null) {
                    assertFalse(pubrec.reason().isError(), pubrec.toString());
                    accepted.add(sent.number());
                    Sent released = new Sent(sent.number(), sent.topic(), sent.qos(), true);
                    sending.put(pubrec.packetId(), released);
                    send(node, pubrec.packetId(), released, false);
                }
            }
            case Pubcomp pubcomp -> sending.remove(pubcomp.packetId());
            default -> throw new AssertionError("unexpected " + packet);
        }
        assertTrue(inFlight.size() <= receiveMaximum, "more in flight than the client takes");
    }

    private void receive(Publish publish) {
        int packetId = publish.packetId();
        if (publish.qos() != QoS.AT_MOST_ONCE) {
            assertTrue(inFlight.add(packetId), "packet identifier in use: " + packetId);
        }
        if (publish.qos() == QoS.EXACTLY_ONCE && !receiving.add(packetId)) {
            assertTrue(publish.dup(), "[MQTT-3.3.1-1] sent again without DUP to " + id);
            unanswered.add(new Pubrec(packetId));
            return;
        }
        String[] payload =
                new String(publish.message().payload(), StandardCharsets.UTF_8).split(" ");
        Delivery delivery =
                new Delivery(
                        Long.parseLong(payload[1]),
                        publish.message().topic().name(),
                        payload[0],
                        publish.qos());
        if (deliveries.contains(delivery)) {
            assertEquals(QoS.AT_LEAST_ONCE, publish.qos(), id + " got twice " + delivery);
        }
        deliveries.add(delivery);
        switch (publish.qos()) {
            case AT_MOST_ONCE -> {}
            case AT_LEAST_ONCE -> unanswered.add(new Puback(packetId));
            case EXACTLY_ONCE -> unanswered.add(new Pubrec(packetId));
        }
    }

    /** Sends the oldest answers that it owes. */
    void answer(TestNode node, int count) {
        FakeOutlet now = outlet;
        if (!isConnected() || now == null) {
            return;
        }
        List<Packet> first = unanswered.subList(0, Math.min(count, unanswered.size()));
        if (first.isEmpty()) {
            return;
        }
        for (Packet packet : first) {
            switch (packet) {
                case Puback puback -> inFlight.remove(puback.packetId());
                case Pubcomp pubcomp -> inFlight.remove(pubcomp.packetId());
                default -> {}
            }
        }
        node.shards.packets(id, now.attachment(), List.copyOf(first));
        first.clear();
    }
}
