package io.carillon.simulation;

import io.carillon.mqtt.packet.Connack;
import io.carillon.mqtt.packet.Disconnect;
import io.carillon.mqtt.packet.Packet;
import io.carillon.mqtt.packet.Puback;
import io.carillon.mqtt.packet.Pubcomp;
import io.carillon.mqtt.packet.Publish;
import io.carillon.mqtt.packet.Pubrec;
import io.carillon.mqtt.packet.Pubrel;
import io.carillon.mqtt.packet.QoS;
import io.carillon.mqtt.packet.ReasonCode;
import io.carillon.mqtt.packet.Suback;
import io.carillon.mqtt.packet.SubscriptionOptions.RetainHandling;
import io.carillon.mqtt.packet.Unsuback;
import org.jspecify.annotations.Nullable;

/**
 * A client that keeps to the standard: what it is told to do, and what comes of it. Its {@link
 * Presence} is its connection, {@link ClientSession} what is under way, {@link Subscriptions} what
 * it may expect, {@link Book} what it got.
 */
final class SimClient {
    final Profile profile;
    final Subscriptions subscriptions;
    final Book book;
    private final World world;
    private final Ledger ledger;
    private final Presence presence;
    private final ClientSession kept;
    private final FeedCheck feeds;
    private int session;

    SimClient(World world, Ledger ledger, Profile profile) {
        this.world = world;
        this.ledger = ledger;
        this.profile = profile;
        this.subscriptions = new Subscriptions(world, ledger, profile);
        this.book = new Book(world, ledger, profile, subscriptions);
        this.presence = new Presence(world, ledger, profile);
        this.kept = new ClientSession(world);
        this.feeds = new FeedCheck(world, ledger, this);
    }

    boolean isConnecting() {
        return connection() != null;
    }

    boolean isIn() {
        return presence.isIn();
    }

    @Nullable Conn connection() {
        return presence.connection();
    }

    boolean isSubscribed() {
        return isIn() && subscriptions.areSettled();
    }

    boolean isDone() {
        return kept.isDone();
    }

    String waits() {
        return kept.waits() + " in=" + isIn();
    }

    /**
     * A connection to that node.
     *
     * @param startsOver true to begin a new session
     */
    void connect(SimNode node, boolean startsOver) {
        boolean clean = startsOver || !profile.durable();
        if (clean) {
            subscriptions.doubted();
        }
        presence.connect(node, this, clean);
    }

    void leave(Presence.Leaving how) {
        presence.leave(how);
        if (how == Presence.Leaving.GOODBYE_FOR_GOOD) {
            subscriptions.doubted();
        }
    }

    /** The server has closed it, or is gone. */
    void closed(Conn which) {
        presence.closed(which);
    }

    /** A node has let that connection in; the client does not know yet. */
    void letIn(Conn which) {
        presence.letIn(which);
    }

    /** A node says something on that connection; the client does not know yet. */
    void told(Conn which, Packet packet) {
        presence.told(which, packet);
    }

    boolean mayPublish() {
        return isIn() && kept.hasRoom();
    }

    void publish(String topic, QoS qos, Ledger.Kind kind) {
        Ledger.Sent message = ledger.add(profile.id(), session, topic, qos, kind, world.now());
        send(kept.publish(message));
        Log.say(world, connection() + " publishes " + message);
    }

    /** It takes a filter back, or wants one again. */
    void changeMind() {
        Packet packet = subscriptions.changeMind();
        if (packet != null) {
            Log.say(world, connection() + " sends " + packet);
            send(packet);
        }
    }

    /** It wants all its filters, for good. */
    void makeUpMind() {
        subscriptions.wantAll();
        if (isIn()) {
            subscriptions.unsettled().forEach(this::send);
        }
    }

    private void send(Packet packet) {
        Conn conn = connection();
        if (conn != null) {
            conn.send(packet);
        }
    }

    /** A packet has come over that connection. */
    void received(Conn from, Packet packet) {
        if (!from.equals(connection())) {
            return; // this client has another by now
        }
        switch (packet) {
            case Connack connack -> connack(connack, from);
            case Suback suback -> suback(suback, from);
            case Unsuback unsuback -> {
                Log.say(world, from + " has " + unsuback);
                subscriptions.unsubscribed(unsuback.packetId());
            }
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

    private void connack(Connack connack, Conn from) {
        if (connack.reason() != ReasonCode.SUCCESS) {
            Log.say(world, from + " is refused: " + connack.reason());
            return; // it is closed next
        }
        boolean present = connack.sessionPresent();
        Log.say(world, from + " is in, present=" + present);
        presence.begins(present);
        if (!present) {
            session++;
            book.forget();
            kept.forget();
            subscriptions.forget();
        }
        subscriptions.unsettled().forEach(this::send);
        kept.unanswered(from).forEach(this::send);
    }

    private void suback(Suback suback, Conn from) {
        Log.say(world, from + " has SUBACK " + suback.reasons());
        Profile.Wish wish = subscriptions.subscribed(suback);
        if (wish == null) {
            leave(Presence.Leaving.VANISH);
        } else if (wish.retained(profile.version()) == RetainHandling.ALWAYS && !wish.isShared()) {
            feeds.begin(wish, from);
        }
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
        return profile.id();
    }
}
