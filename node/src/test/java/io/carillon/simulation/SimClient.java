package io.carillon.simulation;

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
import io.carillon.mqtt.packet.SubscriptionOptions.RetainHandling;
import io.carillon.mqtt.packet.Topic;
import io.carillon.mqtt.packet.UserProperties;
import io.carillon.mqtt.packet.Will;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A client that keeps to the standard, and keeps book of what it got. */
final class SimClient {
    private static final int SUBSCRIBE_ID = 65_000;

    /** So long after a goodbye its node has told it. */
    private static final long GOODBYE_MILLIS = 4_000;

    /** So long after a node was out of reach its clients know what was decided then. */
    private static final long STEADY_MILLIS = 2_000;

    final String id;
    final boolean durable;
    final boolean hasWill;
    final @Nullable String filter;
    final QoS filterQos;
    final RetainHandling retained;
    private final World world;
    private final Ledger ledger;

    final Book book;

    private final ClientSession kept;
    private boolean known;
    private boolean subscribedEver;
    private int session;

    /** The first message that was sent after the SUBACK of the session, or of the connection. */
    int subscribedFrom = Integer.MAX_VALUE;

    long subscribedMillis = -1;

    // The connection.
    private @Nullable Conn conn;

    /** The last one that was let in, and when: as nodes know, before the client does. */
    private @Nullable Conn newest;

    private long newestMillis;
    private boolean accepted;
    private int connections;
    private long connectedMillis = -1;

    SimClient(
            World world,
            Ledger ledger,
            String id,
            boolean durable,
            boolean hasWill,
            @Nullable String filter,
            QoS filterQos,
            RetainHandling retained) {
        this.world = world;
        this.ledger = ledger;
        this.id = id;
        this.durable = durable;
        this.hasWill = hasWill;
        this.filter = filter;
        this.filterQos = filterQos;
        this.retained = retained;
        this.book = new Book(world, ledger, this);
        this.kept = new ClientSession(world);
    }

    boolean isConnecting() {
        return conn != null;
    }

    boolean isIn() {
        return conn != null && accepted;
    }

    @Nullable Conn connection() {
        return conn;
    }

    long connectedMillis() {
        return connectedMillis;
    }

    boolean isSubscribed() {
        return isIn() && subscribedMillis >= connectedMillis;
    }

    /** True for one that asks for what is retained, and for nothing else. */
    boolean takesRetained() {
        return retained == RetainHandling.ALWAYS;
    }

    /** True if it was there to see what is retained, and has seen it long ago. */
    boolean hasLooked() {
        return takesRetained()
                && isSubscribed()
                && subscribedMillis < world.now() - Promises.LOOK_MILLIS;
    }

    boolean isDone() {
        return kept.isDone();
    }

    String waits() {
        return kept.waits() + " in=" + isIn();
    }

    /** A connection to that node; a former one is the server's to end. */
    void connect(SimNode node) {
        Conn former = conn;
        if (former != null) {
            conn = null; // it goes on being open, and nobody listens
            ended(former, Ledger.WillFate.DUE);
        }
        connections++;
        accepted = false;
        Conn next = new Conn(world, node, this, connections);
        conn = next;
        Log.say(world, next + " connects to " + node);
        next.send(
                new Connect(
                        MqttVersion.V5,
                        id,
                        !durable,
                        0,
                        hasWill ? will(next.name) : null,
                        null,
                        null,
                        new ConnectProperties(
                                durable ? 100_000 : 0,
                                20,
                                Integer.MAX_VALUE,
                                0,
                                false,
                                true,
                                null,
                                null,
                                UserProperties.NONE)));
    }

    private static Will will(String name) {
        byte[] payload = name.getBytes(StandardCharsets.UTF_8);
        return new Will(Message.of(Topic.of("w/will"), payload), QoS.EXACTLY_ONCE, false, 0, -1);
    }

    /** Says goodbye, or just goes. */
    void leave(boolean goodbye, boolean silently) {
        Conn now = conn;
        if (now == null) {
            return;
        }
        Log.say(world, now + (goodbye ? " says goodbye" : silently ? " is lost" : " vanishes"));
        if (goodbye) {
            now.send(new Disconnect(ReasonCode.SUCCESS, null));
        }
        conn = null;
        ended(now, goodbye ? Ledger.WillFate.DROPPED : Ledger.WillFate.DUE);
        if (silently) {
            world.in(3_000, now::vanish);
        } else {
            now.vanish();
        }
    }

    /** The server has closed it, or is gone. */
    void closed(Conn which) {
        Log.say(world, which + " is closed");
        if (which.equals(conn)) {
            conn = null;
            ended(which, Ledger.WillFate.DUE);
        }
    }

    private void ended(Conn which, Ledger.WillFate fate) {
        if (hasWill && accepted) {
            if (fate == Ledger.WillFate.DROPPED) {
                world.in(GOODBYE_MILLIS, () -> goodbyeHeard(which));
            } else {
                ledger.wills.put(which.name, fate);
            }
        }
        accepted = false;
        if (!durable) { // the next connection's session is another one
            book.forget();
            kept.forget();
            subscribedFrom = Integer.MAX_VALUE;
        }
    }

    /**
     * A goodbye that a node has received cancels the will [MQTT-3.1.2-10], if the nodes can talk:
     * one that dies may not have told it, and one that was out of reach may have been taken for
     * gone before, with its connections.
     */
    private void goodbyeHeard(Conn which) {
        if (which.goodbyeMillis() >= 0
                && world.isSteadySince(which.goodbyeMillis() - STEADY_MILLIS)) {
            ledger.wills.put(which.name, Ledger.WillFate.DROPPED);
        }
    }

    /** Members of a group get what another one could not take, later. */
    boolean isShared() {
        return filter != null && filter.startsWith("$share/");
    }

    boolean mayPublish() {
        return isIn() && kept.hasRoom();
    }

    void publish(String topic, QoS qos, boolean retain) {
        Ledger.Sent message = ledger.add(id, session, topic, qos, retain, world.now());
        send(kept.publish(message));
        Log.say(world, conn + " publishes " + message);
    }

    private void send(Packet packet) {
        if (conn != null) {
            conn.send(packet);
        }
    }

    /** A node has let that connection in. */
    void letIn(Conn which) {
        if (newest == null || newest.number < which.number) {
            newest = which;
            newestMillis = world.now();
        }
    }

    /** A node says something on that connection, which is on its way. */
    void told(Conn which, Packet packet) {
        Conn other = newest;
        if (other != null
                && which.number < other.number
                && newestMillis < world.now()
                && world.isSteadySince(newestMillis - STEADY_MILLIS)) {
            world.bad("P2: fence: " + which + " is told " + packet + ", and " + other + " is in");
        }
    }

    /** A packet has come over that connection. */
    void received(Conn from, Packet packet) {
        if (!from.equals(conn)) {
            return; // this client has another by now
        }
        switch (packet) {
            case Connack connack -> connack(connack);
            case Suback suback -> suback(suback);
            case Publish publish -> publish(publish);
            case Puback _, Pubrec _, Pubrel _, Pubcomp _ -> {
                Packet answer = kept.answered(packet, from);
                if (answer != null) {
                    send(answer);
                }
            }
            case Disconnect disconnect -> Log.say(world, from + " is told " + disconnect.reason());
            default -> world.bad(from + " gets " + packet);
        }
    }

    private void connack(Connack connack) {
        if (connack.reason() != ReasonCode.SUCCESS) {
            Log.say(world, conn + " is refused: " + connack.reason());
            return; // it is closed next
        }
        accepted = true;
        connectedMillis = world.now();
        Log.say(world, conn + " is in, present=" + connack.sessionPresent());
        if (hasWill) {
            ledger.wills.put(String.valueOf(conn), Ledger.WillFate.UNDECIDED);
        }
        if (known && durable && !connack.sessionPresent()) {
            world.bad("P1: the session of " + id + " is lost");
        }
        if (!connack.sessionPresent()) {
            session++;
            kept.forget();
        }
        known = true;
        if (filter != null && !(durable && subscribedEver)) {
            send(
                    new Subscribe(
                            SUBSCRIBE_ID,
                            List.of(
                                    new Subscribe.Request(
                                            filter,
                                            new SubscriptionOptions(
                                                    filterQos, false, true, retained))),
                            0,
                            UserProperties.NONE));
        } else {
            subscribedMillis = world.now();
        }
        kept.unanswered(conn).forEach(this::send);
    }

    private void suback(Suback suback) {
        Log.say(world, conn + " has SUBACK " + suback.reasons());
        if (suback.reasons().getFirst().isError()) {
            Conn now = conn;
            if (now != null) {
                leave(false, false);
            }
            return;
        }
        subscribedEver = true;
        subscribedMillis = world.now();
        subscribedFrom = Math.min(subscribedFrom, ledger.sent.size());
    }

    private void publish(Publish publish) {
        if (kept.isNew(publish)) {
            book.take(publish);
        }
        switch (publish.qos()) {
            case AT_MOST_ONCE -> {}
            case AT_LEAST_ONCE -> send(new Puback(publish.packetId()));
            case EXACTLY_ONCE -> send(new Pubrec(publish.packetId(), ReasonCode.SUCCESS));
        }
    }

    @Override
    public String toString() {
        return id;
    }
}
