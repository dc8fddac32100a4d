package io.carillon.session;

import io.carillon.mqtt.packet.Packet;
import io.carillon.mqtt.packet.Puback;
import io.carillon.mqtt.packet.Pubcomp;
import io.carillon.mqtt.packet.Publish;
import io.carillon.mqtt.packet.Pubrec;
import io.carillon.mqtt.packet.Pubrel;
import io.carillon.mqtt.packet.QoS;
import io.carillon.mqtt.packet.ReasonCode;
import io.carillon.mqtt.packet.Suback;
import io.carillon.mqtt.packet.Unsuback;
import io.carillon.mqtt.packet.Unsubscribe;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a connection and the durable session of its client owe each other, as the connection sees
 * it: in a cluster the leader of the session may change under it. The next leader knows only what
 * is durable, and begins as after a crash; this makes up for the difference, so that the client
 * gets no packet twice and none is missing [MQTT-4.4.0-1].
 *
 * <ul>
 *   <li>What the leader sends again and the client has is not sent to it; if the client has
 *       answered it already, it is answered here.
 *   <li>What the client sent and was not answered is told to the next leader again, in its order.
 * </ul>
 *
 * Bounded by the receive maximum of both sides, the subscriptions under way, and the messages that
 * a session may be done with before that is durable. For one thread.
 */
public final class Exchanges {
    /** The way to the session. */
    public interface ToSession {
        void forward(Packet packet);

        void subscribe(SubscribeCommand command);
    }

    private final ToSession session;
    private final boolean isNew;
    private final Unanswered unanswered = new Unanswered();

    /** What was sent to the client and is not done, by packet identifier. */
    private final Map<Integer, Sent> sent = new HashMap<>();

    private final DoneIds done;

    /** What the client is done with, and the leader may not know since it is new. */
    private final Map<Integer, ReasonCode> doneBefore = new HashMap<>(0);

    /** What is due next. */
    private enum Due {
        PUBACK,
        PUBREC,
        PUBREL,
        PUBCOMP,
        /** The client has done its part: what the leader still sends is answered for it. */
        NOTHING
    }

    private static final class Sent {
        private Due due;

        /** Whether it was sent by this leader, not only by an earlier one. */
        private boolean current = true;

        Sent(Due due) {
            this.due = due;
        }
    }

    /**
     * A connection that has just been attached.
     *
     * @param isNew true if the session began with this connection: nothing was sent before
     * @param inflightMax how many messages may be in flight to the client
     */
    public Exchanges(ToSession session, boolean isNew, int inflightMax) {
        this.session = session;
        this.isNew = isNew;
        this.done = new DoneIds(inflightMax + Outbox.UNSETTLED_MAX);
    }

    // What the client sends.

    /** A packet of the client; true if the session is to get it now. */
    public boolean fromClient(Packet packet) {
        return switch (packet) {
            case Publish publish -> unanswered.add(publish);
            case Pubrel pubrel -> unanswered.add(pubrel);
            case Unsubscribe unsubscribe -> unanswered.add(unsubscribe);
            case Puback puback -> ends(puback.packetId(), Due.PUBACK, puback.reason());
            case Pubrec pubrec when pubrec.reason().isError() ->
                    ends(pubrec.packetId(), Due.PUBREC, pubrec.reason());
            case Pubrec pubrec -> received(pubrec.packetId());
            case Pubcomp pubcomp -> ends(pubcomp.packetId(), Due.PUBCOMP, ReasonCode.SUCCESS);
            default -> true;
        };
    }

    /** SUBSCRIBE of the client. */
    public void fromClient(SubscribeCommand command) {
        unanswered.add(command);
    }

    /**
     * An answer that ends an exchange; a leader that has not sent the message yet is told later.
     */
    private boolean ends(int packetId, Due due, ReasonCode reason) {
        Sent exchange = sent.get(packetId);
        if (exchange == null || exchange.due != due) {
            return true; // the session knows what to make of it
        }
        sent.remove(packetId);
        done.add(packetId, reason);
        if (!exchange.current) {
            doneBefore.put(packetId, reason);
        }
        return exchange.current;
    }

    private boolean received(int packetId) {
        Sent exchange = sent.get(packetId);
        if (exchange == null || exchange.due == Due.PUBACK) {
            return true;
        }
        exchange.due = Due.PUBREL;
        return exchange.current;
    }

    /** What the answers to come stand for, in bytes: more should not be taken above a limit. */
    public long unansweredBytes() {
        return unanswered.bytes();
    }

    // What the session sends.

    /** A packet of the session, as the client is to get it; null if it is not for the client. */
    public @Nullable Packet fromSession(Packet packet) {
        return switch (packet) {
            case Publish publish -> publish.qos().acknowledged() ? publish(publish) : publish;
            case Pubrel pubrel -> pubrel.reason().isError() || pubrel(pubrel) ? pubrel : null;
            case Pubrec _, Pubcomp _, Suback _, Unsuback _ -> unanswered.answer(packet);
            default -> packet;
        };
    }

    private @Nullable Publish publish(Publish packet) {
        int packetId = packet.packetId();
        if (!packet.dup()) {
            doneBefore.clear(); // all that may have been sent before comes first
        } else if (isKnown(packet)) {
            return null;
        }
        sent.put(packetId, new Sent(packet.qos() == QoS.AT_LEAST_ONCE ? Due.PUBACK : Due.PUBREC));
        return packet.dup() && isNew ? packet.withDup(false) : packet;
    }

    /** True if the client has this message already; who sends it again is answered if possible. */
    private boolean isKnown(Publish packet) {
        int packetId = packet.packetId();
        Sent exchange = sent.get(packetId);
        if (exchange != null && !exchange.current) {
            exchange.current = true;
            switch (exchange.due) {
                case PUBACK, PUBREC -> {} // the client will answer
                case PUBREL, PUBCOMP, NOTHING -> session.forward(new Pubrec(packetId));
            }
            return true;
        }
        ReasonCode reason = doneBefore.remove(packetId);
        if (reason == null) {
            return false;
        }
        if (packet.qos() == QoS.AT_LEAST_ONCE) {
            done.add(packetId, reason);
            session.forward(new Puback(packetId, reason));
        } else if (reason.isError()) {
            done.add(packetId, reason);
            session.forward(new Pubrec(packetId, reason));
        } else {
            sent.put(packetId, new Sent(Due.NOTHING));
            session.forward(new Pubrec(packetId));
        }
        return true;
    }

    /** True if the client is to get it. */
    private boolean pubrel(Pubrel packet) {
        int packetId = packet.packetId();
        Sent exchange = sent.get(packetId);
        if (exchange == null) {
            if (doneBefore.remove(packetId) != null) {
                complete(packetId);
                return false;
            }
            sent.put(packetId, new Sent(Due.PUBCOMP));
            return true;
        }
        exchange.current = true;
        return switch (exchange.due) {
            case PUBACK, PUBREC, PUBREL -> {
                exchange.due = Due.PUBCOMP;
                yield true;
            }
            case PUBCOMP -> false;
            case NOTHING -> {
                sent.remove(packetId);
                complete(packetId);
                yield false;
            }
        };
    }

    private void complete(int packetId) {
        done.add(packetId, ReasonCode.SUCCESS);
        session.forward(new Pubcomp(packetId));
    }

    // The change.

    /** Another leader has taken over: tells it what the one before did not answer. */
    public void leaderChanged() {
        sent.values().forEach(each -> each.current = false);
        done.copyTo(doneBefore);
        unanswered.tellAgain(session);
    }
}
