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
import io.carillon.mqtt.packet.Suback;
import io.carillon.mqtt.packet.Subscription;
import io.carillon.mqtt.packet.Will;
import io.carillon.session.SubscribeCommand;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A client that keeps to the standard: subscribes once, publishes at all QoS, answers late, loses
 * its connection and comes back, now and then with a clean start. Writes down what it got.
 */
final class ModelClient {
    /** A message that reached the application. */
    record Delivery(long number, String topic, String publisher, QoS qos) {}

    final String id;
    final List<String> filters;
    final ModelPublisher publisher;
    private final int receiveMaximum;

    // The session, as the client keeps it.
    private final Set<Integer> receiving = new HashSet<>();
    final List<Delivery> deliveries = new ArrayList<>();
    boolean subscribed;

    /** Grows with each session. */
    int session;

    /** A clean start that may or may not have happened. */
    private boolean cleaning = true;

    // For all sessions.

    /** Of the connections that were answered. */
    final List<Long> wills = new ArrayList<>();

    final List<Delivery> everything = new ArrayList<>();

    // The connection.
    private @Nullable FakeOutlet outlet;
    private int read;
    private boolean begun;
    private long will;
    private final List<Packet> unanswered = new ArrayList<>();
    private final Set<Integer> inFlight = new HashSet<>();

    ModelClient(String id, List<String> filters, int receiveMaximum) {
        this.id = id;
        this.filters = filters;
        this.receiveMaximum = receiveMaximum;
        this.publisher = new ModelPublisher(id);
    }

    boolean isConnecting() {
        return outlet != null;
    }

    boolean isConnected() {
        return outlet != null && begun && outlet.isOpen();
    }

    boolean isDone() {
        return publisher.isDone() && unanswered.isEmpty();
    }

    /**
     * Connects.
     *
     * @param newWill the number of its will, which is published on the topic {@code w/1}
     */
    void connect(TestNode node, boolean clean, long newWill) {
        if (clean) {
            cleaning = true;
            session++;
            subscribed = false;
            receiving.clear();
            deliveries.clear();
            publisher.forget();
        }
        outlet = new FakeOutlet();
        outlet.whenClosed = answer -> node.shards.detach(id, answer.attachment(), false, -1);
        will = newWill;
        read = 0;
        begun = false;
        unanswered.clear();
        inFlight.clear();
        Will last =
                new Will(TestNode.message("w/1", id + " " + will), QoS.EXACTLY_ONCE, false, 0, -1);
        node.shards.attach(
                new AttachRequest(id, null, cleaning, 100_000, receiveMaximum, last, outlet));
    }

    /** The connection breaks; the broker may hear of it. */
    void lose(TestNode node, boolean heard) {
        FakeOutlet old = outlet;
        outlet = null;
        if (old == null) {
            return;
        }
        old.gone = true;
        if (heard && old.attached == null) {
            old.whenTooLate = answer -> node.shards.detach(id, answer.attachment(), true, -1);
        } else if (heard) {
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

    void publish(TestNode node, long number, String topic, QoS qos, boolean retain) {
        FakeOutlet now = outlet;
        assertNotNull(now);
        publisher.publish(node, now, number, topic, qos, retain);
    }

    /** Takes the next packet that has come; false if there is none. */
    boolean readOne(TestNode node) {
        FakeOutlet now = outlet;
        if (now == null) {
            return false;
        }
        if (now.attached != null && !begun) {
            begun = true;
            begin(node, now, now.attached);
            return true;
        }
        if (!now.isOpen() || read == now.sent.size()) {
            return false;
        }
        take(node, now, now.sent.get(read++));
        return true;
    }

    /** CONNACK. */
    private void begin(TestNode node, FakeOutlet now, Attached attached) {
        if (cleaning) {
            assertFalse(attached.sessionPresent(), "a session though " + id + " started clean");
        } else if (subscribed) {
            assertTrue(attached.sessionPresent(), "the session of " + id + " is lost");
        }
        cleaning = false;
        wills.add(will);
        if (!subscribed) {
            List<SubscribeCommand.Item> items = new ArrayList<>();
            for (String filter : filters) {
                Subscription subscription = TestClient.subscription(filter, QoS.EXACTLY_ONCE);
                items.add(new SubscribeCommand.Granted(subscription));
            }
            node.shards.subscribe(id, attached.attachment(), new SubscribeCommand(1, items));
        }
        publisher.resend(node, now);
    }

    private void take(TestNode node, FakeOutlet now, Packet packet) {
        switch (packet) {
            case Suback suback -> subscribed = true;
            case Publish publish -> receive(publish);
            case Pubrel pubrel -> {
                receiving.remove(pubrel.packetId());
                inFlight.add(pubrel.packetId());
                unanswered.add(new Pubcomp(pubrel.packetId()));
            }
            case Pubrec pubrec -> publisher.pubrec(node, now, pubrec);
            case Pubcomp pubcomp -> publisher.pubcomp(pubcomp);
            default -> throw new AssertionError("unexpected " + packet);
        }
        assertTrue(inFlight.size() <= receiveMaximum, "more in flight than the client takes");
    }

    private void receive(Publish publish) {
        int packetId = publish.packetId();
        if (publish.qos() != QoS.AT_MOST_ONCE) {
            assertTrue(inFlight.add(packetId), "packet identifier in use: " + packetId);
        }
        switch (publish.qos()) {
            case AT_MOST_ONCE -> {}
            case AT_LEAST_ONCE -> unanswered.add(new Puback(packetId));
            case EXACTLY_ONCE -> unanswered.add(new Pubrec(packetId));
        }
        if (publish.qos() == QoS.EXACTLY_ONCE && !receiving.add(packetId)) {
            assertTrue(publish.dup(), "[MQTT-3.3.1-1] sent again without DUP to " + id);
        } else if (!publish.retain()) {
            deliver(publish);
        }
    }

    private void deliver(Publish publish) {
        String[] payload =
                new String(publish.message().payload(), StandardCharsets.UTF_8).split(" ");
        String topic = publish.message().topic().name();
        Delivery delivery =
                new Delivery(Long.parseLong(payload[1]), topic, payload[0], publish.qos());
        if (deliveries.contains(delivery) && !topic.startsWith("s/")) {
            assertEquals(QoS.AT_LEAST_ONCE, publish.qos(), id + " got twice " + delivery);
        }
        deliveries.add(delivery);
        everything.add(delivery);
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
