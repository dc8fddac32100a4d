package io.carillon.peers.session;

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
import io.carillon.peers.session.TestConnection.Options;
import io.carillon.shard.Attached;
import io.carillon.shard.Publication;
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
 * A client that keeps to the standard, and checks that what it is sent does: nothing comes twice on
 * one connection, whoever leads its session meanwhile.
 */
final class ModelClient {
    /** A message that reached the application. */
    record Delivery(String publisher, long number, String topic, QoS qos) {}

    private record Sent(long number, Publish packet, boolean released) {}

    final String id;
    private final String filter;
    private final Options options;

    // The session, as the client keeps it.
    final List<Delivery> deliveries = new ArrayList<>();
    final Set<Long> accepted = new TreeSet<>();
    boolean subscribed;
    private final Set<Integer> receiving = new HashSet<>();
    private final Map<Integer, Sent> sending = new LinkedHashMap<>();
    private int lastPacketId;
    private boolean known;

    // The connection.
    private @Nullable TestConnection connection;
    private boolean begun;
    private final Set<Integer> published = new HashSet<>();
    private final Set<Integer> released = new HashSet<>();
    private final Set<Integer> inFlight = new HashSet<>();
    private final Map<Integer, Integer> asked = new LinkedHashMap<>();
    private final Set<Integer> resent = new HashSet<>();
    private final List<Packet> answers = new ArrayList<>();

    ModelClient(String id, String filter, int receiveMaximum) {
        this.id = id;
        this.filter = filter;
        this.options = Options.DURABLE.window(receiveMaximum);
    }

    boolean wants(String topic) {
        return filter.equals("#") || filter.equals(topic);
    }

    boolean isConnected() {
        TestConnection now = connection;
        return now != null && begun && now.isIn();
    }

    boolean isConnecting() {
        TestConnection now = connection;
        return now != null && !now.isOver();
    }

    /** What keeps it from being done, for people. */
    String unfinished() {
        return "sending " + sending.keySet() + ", owing " + answers;
    }

    boolean isDone() {
        return sending.isEmpty() && answers.isEmpty();
    }

    void connect(TestNode node) {
        connection = TestConnection.ask(node, id, options);
        begun = false;
        published.clear();
        released.clear();
        inFlight.clear();
        asked.clear();
        resent.clear();
        answers.clear();
    }

    void vanish() {
        TestConnection now = connection;
        connection = null;
        if (now != null) {
            now.vanish();
        }
    }

    void congest(boolean value) {
        TestConnection now = connection;
        if (now != null) {
            now.congest(value);
        }
    }

    void publish(long number, String topic, QoS qos) {
        TestConnection now = connection;
        assertNotNull(now);
        do {
            lastPacketId = lastPacketId % 65_535 + 1;
        } while (sending.containsKey(lastPacketId));
        Publish packet =
                new Publish(
                        TestConnection.message(topic, id + " " + number),
                        qos,
                        false,
                        false,
                        lastPacketId);
        Sent sent = new Sent(number, packet, false);
        sending.put(lastPacketId, sent);
        send(now, lastPacketId, sent, false);
    }

    private void send(TestConnection now, int packetId, Sent sent, boolean again) {
        if (sent.packet().qos() == QoS.AT_LEAST_ONCE) {
            Publication publication =
                    new Publication(sent.packet().message(), QoS.AT_LEAST_ONCE, false, id);
            now.node.dispatch.publish(
                    publication, outcome -> acknowledged(now, packetId, sent, outcome));
            return;
        }
        asked.merge(packetId, 1, Integer::sum);
        now.send(sent.released() ? new Pubrel(packetId) : sent.packet().withDup(again));
    }

    private void acknowledged(TestConnection from, int packetId, Sent sent, ReasonCode outcome) {
        if (from.equals(connection) && from.isIn()) {
            assertFalse(outcome.isError(), outcome.toString());
            assertTrue(sending.remove(packetId, sent));
            accepted.add(sent.number());
        }
    }

    /** Takes the next packet that has come; false if there is none. */
    boolean readOne() {
        TestConnection now = connection;
        if (now == null || now.isOver()) {
            return false;
        }
        Attached attached = now.attached;
        if (attached != null && !begun) {
            begun = true;
            begin(now, attached);
            return true;
        }
        if (now.received.isEmpty()) {
            return false;
        }
        take(now, now.received.removeFirst());
        return true;
    }

    private void begin(TestConnection now, Attached attached) {
        assertTrue(attached.durable());
        assertTrue(attached.sessionPresent() || !known, "the session of " + id + " is lost");
        known = true;
        if (!subscribed) {
            now.subscribe(++lastPacketId, filter);
        }
        Map<Integer, Sent> again = new LinkedHashMap<>(sending);
        resent.addAll(again.keySet());
        again.forEach((packetId, sent) -> send(now, packetId, sent, true));
    }

    private void take(TestConnection now, Packet packet) {
        switch (packet) {
            case Suback _ -> {
                subscribed = true;
            }
            case Publish publish -> receive(publish);
            case Pubrel pubrel -> {
                int packetId = pubrel.packetId();
                assertFalse(pubrel.reason().isError(), packet.toString());
                assertTrue(released.add(packetId), "PUBREL again: " + packetId);
                assertTrue(receiving.remove(packetId) || !published.contains(packetId));
                inFlight.add(packetId);
                answers.add(new Pubcomp(packetId));
            }
            case Pubrec pubrec -> received(now, pubrec);
            case Pubcomp pubcomp -> completed(pubcomp);
            default -> throw new AssertionError("unexpected " + packet);
        }
        assertTrue(
                inFlight.size() <= options.receiveMaximum(),
                "more in flight than the client takes");
    }

    private void receive(Publish publish) {
        int packetId = publish.packetId();
        assertTrue(published.add(packetId), "[MQTT-4.4.0-1] sent again: " + publish);
        assertTrue(inFlight.add(packetId), "packet identifier in use: " + packetId);
        if (publish.qos() == QoS.AT_LEAST_ONCE) {
            answers.add(new Puback(packetId));
            deliver(publish);
            return;
        }
        answers.add(new Pubrec(packetId));
        if (receiving.add(packetId)) {
            deliver(publish);
        } else {
            assertTrue(publish.dup(), "[MQTT-3.3.1-1] sent again without DUP");
        }
    }

    private void deliver(Publish publish) {
        String[] text = new String(publish.message().payload(), StandardCharsets.UTF_8).split(" ");
        deliveries.add(
                new Delivery(
                        text[0],
                        Long.parseLong(text[1]),
                        publish.message().topic().name(),
                        publish.qos()));
    }

    private void received(TestConnection now, Pubrec pubrec) {
        int packetId = pubrec.packetId();
        assertEquals(ReasonCode.SUCCESS, pubrec.reason());
        Sent sent = sending.get(packetId);
        if (resent.contains(packetId) && (sent == null || sent.released())) {
            return; // the copies of two connections are answered each
        }
        answered(packetId);
        assertNotNull(sent, "PUBREC " + packetId);
        assertFalse(sent.released(), "PUBREC again " + packetId + " to " + id);
        accepted.add(sent.number());
        Sent next = new Sent(sent.number(), sent.packet(), true);
        sending.put(packetId, next);
        send(now, packetId, next, false);
    }

    private void completed(Pubcomp pubcomp) {
        Sent sent = sending.remove(pubcomp.packetId());
        if (sent == null && resent.contains(pubcomp.packetId())) {
            return;
        }
        answered(pubcomp.packetId());
        assertNotNull(sent, "PUBCOMP " + pubcomp.packetId());
        assertTrue(sent.released());
    }

    private void answered(int packetId) {
        Integer times = asked.get(packetId);
        assertNotNull(times, "an answer too many for " + packetId);
        if (times == 1) {
            asked.remove(packetId);
        } else {
            asked.put(packetId, times - 1);
        }
    }

    /** Sends the oldest answers that it owes. */
    void answer(int count) {
        TestConnection now = connection;
        if (now == null || !isConnected() || answers.isEmpty()) {
            return;
        }
        List<Packet> first = answers.subList(0, Math.min(count, answers.size()));
        for (Packet packet : first) {
            switch (packet) {
                case Puback puback -> inFlight.remove(puback.packetId());
                case Pubcomp pubcomp -> inFlight.remove(pubcomp.packetId());
                default -> {}
            }
        }
        now.send(first.toArray(Packet[]::new));
        first.clear();
    }

    @Override
    public String toString() {
        return id;
    }
}
