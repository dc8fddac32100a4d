package io.carillon.testing;

import io.carillon.mqtt.packet.Connack;
import io.carillon.mqtt.packet.Connect;
import io.carillon.mqtt.packet.ConnectProperties;
import io.carillon.mqtt.packet.Disconnect;
import io.carillon.mqtt.packet.Message;
import io.carillon.mqtt.packet.MqttVersion;
import io.carillon.mqtt.packet.Packet;
import io.carillon.mqtt.packet.Puback;
import io.carillon.mqtt.packet.Pubcomp;
import io.carillon.mqtt.packet.Publish;
import io.carillon.mqtt.packet.Pubrec;
import io.carillon.mqtt.packet.Pubrel;
import io.carillon.mqtt.packet.QoS;
import io.carillon.mqtt.packet.ReasonCode;
import io.carillon.mqtt.packet.Suback;
import io.carillon.mqtt.packet.Subscribe;
import io.carillon.mqtt.packet.SubscriptionOptions;
import io.carillon.mqtt.packet.Topic;
import io.carillon.mqtt.packet.UserProperties;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A client that keeps its half of a session as the standard demands it, over as many connections as
 * it takes, and shows all it learns. Everything it does with a broker has a deadline. One thread.
 */
public final class RawClient implements AutoCloseable {
    private static final long SESSION_EXPIRY_SECONDS = 3_600;
    private static final int PACKET_ID_MAX = 65_535;

    private final String clientId;
    private final MqttVersion version;
    private final boolean durable;

    // For the session.
    private final Map<Integer, Outgoing> outgoing = new LinkedHashMap<>();
    private final Set<Integer> unreleased = new HashSet<>();
    private final ArrayDeque<ClientEvent> events = new ArrayDeque<>();
    private int lastPacketId;

    // For the connection.
    private Optional<RawConnection> connection = Optional.empty();

    /** A message on its way to the broker; released once PUBREC has come. */
    private record Outgoing(Publish publish, boolean released) {}

    private RawClient(String clientId, MqttVersion version, boolean durable) {
        this.clientId = clientId;
        this.version = version;
        this.durable = durable;
    }

    /** A client whose session outlives its connections. */
    public static RawClient durable(String clientId, MqttVersion version) {
        return new RawClient(clientId, version, true);
    }

    /** A client whose session ends with its connection. */
    public static RawClient ofOneConnection(String clientId, MqttVersion version) {
        return new RawClient(clientId, version, false);
    }

    /**
     * Connects and, if the broker still has the session, sends again what is unacknowledged, in the
     * order in which it was sent [MQTT-4.4.0-1] [MQTT-4.6.0-1] [MQTT3-4.4.0-1] [MQTT3-4.6.0-1].
     *
     * @return whether the broker has the session; if not, the client has forgotten it too
     * @throws ConnectRefused if the broker says no
     */
    public boolean connect(InetSocketAddress to) throws IOException {
        abort();
        RawConnection opened = new RawConnection(to, version);
        connection = Optional.of(opened);
        opened.send(connectPacket());
        Connack connack = opened.expect(Connack.class);
        if (connack.reason() != ReasonCode.SUCCESS) {
            throw new ConnectRefused(clientId, connack);
        }
        if (!connack.sessionPresent()) {
            outgoing.clear();
            unreleased.clear();
        }
        for (Outgoing each : List.copyOf(outgoing.values())) {
            opened.send(each.released ? new Pubrel(each.publish.packetId()) : again(each.publish));
        }
        return connack.sessionPresent();
    }

    private Connect connectPacket() {
        ConnectProperties properties =
                new ConnectProperties(
                        durable ? SESSION_EXPIRY_SECONDS : 0,
                        ConnectProperties.DEFAULT.receiveMaximum(),
                        ConnectProperties.DEFAULT.maximumPacketSize(),
                        0,
                        false,
                        true,
                        null,
                        null,
                        UserProperties.NONE);
        return new Connect(version, clientId, !durable, 0, null, null, null, properties);
    }

    /** The same with the DUP flag [MQTT-3.3.1-1] [MQTT3-3.3.1-1]. */
    private static Publish again(Publish publish) {
        return new Publish(
                publish.message(), publish.qos(), publish.retain(), true, publish.packetId());
    }

    /** Subscribes and waits for the SUBACK; fails if the broker refuses. */
    public void subscribe(String filter, QoS maximum) throws IOException {
        int packetId = nextPacketId();
        SubscriptionOptions options = SubscriptionOptions.of(maximum);
        connection()
                .send(
                        new Subscribe(
                                packetId,
                                List.of(new Subscribe.Request(filter, options)),
                                0,
                                UserProperties.NONE));
        while (true) {
            Packet packet =
                    connection()
                            .receive(RawConnection.DEADLINE)
                            .orElseThrow(() -> new AssertionError("no SUBACK came"));
            if (packet instanceof Suback suback) {
                if (!suback.reasons().equals(List.of(ReasonCode.granted(maximum)))) {
                    throw new AssertionError(filter + " was not granted: " + suback);
                }
                return;
            }
            take(packet);
        }
    }

    /** Publishes and does not wait. At QoS 1 and 2 it is kept, also if sending fails. */
    public void publish(String topic, byte[] payload, QoS qos, boolean retain) throws IOException {
        int packetId = qos.acknowledged() ? nextPacketId() : 0;
        Message message = Message.of(Topic.of(topic), payload);
        Publish publish = new Publish(message, qos, retain, false, packetId);
        if (qos.acknowledged()) {
            outgoing.put(packetId, new Outgoing(publish, false));
        }
        connection().send(publish);
    }

    /** Messages published and not yet completed. */
    public int inFlight() {
        return outgoing.size();
    }

    /** The next event, or nothing if none comes in that time. Answers whatever the broker sends. */
    public Optional<ClientEvent> poll(Duration patience) throws IOException {
        long until = System.nanoTime() + patience.toNanos();
        while (events.isEmpty()) {
            Duration left = Duration.ofNanos(Math.max(0, until - System.nanoTime()));
            Optional<Packet> packet = connection().receive(left);
            if (packet.isEmpty()) {
                return Optional.empty();
            }
            take(packet.get());
        }
        return Optional.of(events.poll());
    }

    /** All messages until none has come for that time. */
    public List<Publish> drain(Duration quiet) throws IOException {
        List<Publish> messages = new ArrayList<>();
        Optional<ClientEvent> event = poll(quiet);
        while (event.isPresent()) {
            if (event.get() instanceof ClientEvent.Delivered(Publish publish)) {
                messages.add(publish);
            }
            event = poll(quiet);
        }
        return messages;
    }

    /** Ends the connection in good order. */
    public void disconnect() throws IOException {
        connection().send(new Disconnect(ReasonCode.SUCCESS, null));
        // The broker closes: what was sent before is then with it.
        connection().awaitClosed();
        abort();
    }

    /** Drops the connection without a word. */
    public void abort() {
        connection.ifPresent(RawConnection::close);
        connection = Optional.empty();
    }

    @Override
    public void close() {
        abort();
    }

    /** The connection, for packets that this client would not send by itself. */
    public RawConnection connection() {
        return connection.orElseThrow(
                () -> new IllegalStateException(clientId + ": no connection"));
    }

    /** An event is noted before it is acknowledged: what the broker may forget, the test has. */
    private void take(Packet packet) throws IOException {
        switch (packet) {
            case Publish publish -> takeMessage(publish);
            case Puback puback -> complete(puback.packetId(), puback.reason());
            case Pubrec pubrec -> release(pubrec);
            case Pubrel pubrel -> {
                unreleased.remove(pubrel.packetId());
                connection().send(new Pubcomp(pubrel.packetId()));
            }
            case Pubcomp pubcomp -> complete(pubcomp.packetId(), pubcomp.reason());
            case Disconnect disconnect -> throw new IOException("told to go: " + disconnect);
            default -> throw new AssertionError(clientId + " got " + packet);
        }
    }

    private void takeMessage(Publish publish) throws IOException {
        int packetId = publish.packetId();
        boolean known = publish.qos() == QoS.EXACTLY_ONCE && !unreleased.add(packetId);
        if (!known) {
            events.add(new ClientEvent.Delivered(publish));
        }
        switch (publish.qos()) {
            case AT_MOST_ONCE -> {}
            case AT_LEAST_ONCE -> connection().send(new Puback(packetId));
            case EXACTLY_ONCE -> connection().send(new Pubrec(packetId));
        }
    }

    private void release(Pubrec pubrec) throws IOException {
        int packetId = pubrec.packetId();
        Outgoing sent = outgoing.get(packetId);
        if (sent == null) {
            throw new AssertionError(clientId + " knows no message of " + pubrec);
        }
        if (pubrec.reason().isError()) {
            complete(packetId, pubrec.reason());
            return;
        }
        outgoing.put(packetId, new Outgoing(sent.publish, true));
        connection().send(new Pubrel(packetId));
    }

    private void complete(int packetId, ReasonCode reason) {
        Outgoing sent = outgoing.remove(packetId);
        if (sent == null) {
            throw new AssertionError(
                    clientId + " knows no message with packet identifier " + packetId);
        }
        events.add(new ClientEvent.Completed(sent.publish, reason));
    }

    private int nextPacketId() {
        do {
            lastPacketId = lastPacketId % PACKET_ID_MAX + 1;
        } while (outgoing.containsKey(lastPacketId));
        return lastPacketId;
    }

    /** For messages of tests; while its thread works it is a picture that may be blurred. */
    @Override
    public String toString() {
        return "%s, %s, unacknowledged %s"
                .formatted(
                        clientId,
                        connection.isPresent() ? "connected" : "not connected",
                        List.copyOf(outgoing.values()));
    }
}
