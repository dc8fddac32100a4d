package io.carillon.session;

import io.carillon.mqtt.packet.Puback;
import io.carillon.mqtt.packet.Pubcomp;
import io.carillon.mqtt.packet.Publish;
import io.carillon.mqtt.packet.Pubrec;
import io.carillon.mqtt.packet.Pubrel;
import io.carillon.mqtt.packet.ReasonCode;
import io.carillon.mqtt.packet.Subscription;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A session that ends with its connection: its subscriptions, the messages on their way to the
 * client, and the QoS 2 messages of which the client may still send a repeat. Lives in memory; for
 * one thread. QoS 0 messages pass it by.
 *
 * <p>Messages for the client go in by {@link #add} and come out by {@link #next} as soon as the
 * client's receive maximum lets them.
 */
public final class TransientSession {
    private static final int FIRST_SUBSCRIPTIONS = 2;

    /** Empty and not to be changed until there is one: many clients subscribe to nothing. */
    private Map<String, Subscription> subscriptions = Map.of();

    private final TransientQueue outbox;
    private final SendWindow window;
    private final Drops drops;

    /** Packet identifiers of QoS 2 messages from the client before their PUBREL. */
    private @Nullable Set<Integer> received;

    /**
     * A session without subscriptions.
     *
     * @param receiveMaximum how many QoS 1 and 2 messages the client takes at a time, 1 to 65,535
     */
    public TransientSession(int receiveMaximum, QueueLimits limits, Drops drops) {
        this.outbox = new TransientQueue(limits, drops);
        this.window = new SendWindow(Math.min(receiveMaximum, limits.inflightMax()));
        this.drops = drops;
    }

    // Subscriptions.

    /**
     * Keeps a subscription in place of the one with the same filter [MQTT-3.8.4-3] [MQTT3-3.8.4-3].
     *
     * @return true if there was none
     */
    public boolean subscribe(Subscription subscription) {
        if (subscriptions.isEmpty()) {
            subscriptions = new HashMap<>(FIRST_SUBSCRIPTIONS);
        }
        return subscriptions.put(subscription.filter().text(), subscription) == null;
    }

    /** Forgets the subscription of this very filter [MQTT-3.10.4-1]; returns it, or null. */
    public @Nullable Subscription unsubscribe(String filter) {
        return subscriptions.isEmpty() ? null : subscriptions.remove(filter);
    }

    public boolean subscribed(String filter) {
        return subscriptions.containsKey(filter);
    }

    public List<Subscription> subscriptions() {
        return List.copyOf(subscriptions.values());
    }

    public int subscriptionCount() {
        return subscriptions.size();
    }

    // Messages to the client.

    /** Puts a QoS 1 or 2 message behind those that wait; where there is no room, one is dropped. */
    public void add(Delivery delivery) {
        outbox.add(delivery);
    }

    /**
     * The next message to send, or null if none waits or the client has to acknowledge first
     * [MQTT-3.3.4-9]. It is sent under a new packet identifier with DUP 0 [MQTT-4.3.2-2]
     * [MQTT-4.3.3-2] and counts as unacknowledged from now on [MQTT-4.3.2-3] [MQTT-4.3.3-3]
     * [MQTT3-4.3.2-1] [MQTT3-4.3.3-1].
     */
    public @Nullable Publish next(long nowMillis) {
        while (window.hasRoom()) {
            Delivery delivery = outbox.poll();
            if (delivery == null) {
                return null;
            }
            if (delivery.message().expired(nowMillis)) {
                // Its delivery has not begun: it is deleted [MQTT-3.3.2-5].
                drops.dropped(delivery, Drops.Cause.EXPIRED);
                continue;
            }
            return new Publish(
                    delivery.message(),
                    delivery.qos(),
                    delivery.retain(),
                    false,
                    window.open(delivery),
                    delivery.subscriptionIdentifiers(),
                    0);
        }
        return null;
    }

    /** Ends the exchange of a message too large to be sent, as if it was done [MQTT-3.1.2-25]. */
    public void tooLarge(int packetId) {
        InFlight sent = window.find(packetId);
        if (sent != null) {
            drops.dropped(sent.delivery(), Drops.Cause.TOO_LARGE);
            window.close(sent);
        }
    }

    /**
     * The client has a QoS 1 message, or refuses it for good [MQTT-4.4.0-2] [MQTT-4.8.2-6]. One
     * that is not known is ignored: the standard has no answer for it.
     *
     * @throws ProtocolViolation if the message has QoS 2
     */
    public void puback(Puback puback) {
        InFlight sent = window.find(puback.packetId());
        if (sent != null) {
            if (sent.awaits() != InFlight.Awaits.PUBACK) {
                throw violation("PUBACK", puback.packetId(), sent);
            }
            window.close(sent);
        }
    }

    /**
     * The client has a QoS 2 message, or refuses it for good [MQTT-4.4.0-2].
     *
     * @return the answer, or null after a refusal [MQTT-4.3.3-4]
     * @throws ProtocolViolation if the message has QoS 1
     */
    public @Nullable Pubrel pubrec(Pubrec pubrec) {
        InFlight sent = window.find(pubrec.packetId());
        if (sent == null) {
            return pubrec.reason().isError()
                    ? null
                    : new Pubrel(pubrec.packetId(), ReasonCode.PACKET_IDENTIFIER_NOT_FOUND);
        }
        if (sent.awaits() == InFlight.Awaits.PUBACK) {
            throw violation("PUBREC", pubrec.packetId(), sent);
        }
        if (pubrec.reason().isError()) {
            window.close(sent);
            return null;
        }
        sent.release();
        return new Pubrel(pubrec.packetId());
    }

    /**
     * A QoS 2 message is done.
     *
     * @throws ProtocolViolation if the message has QoS 1, or PUBREC did not come
     */
    public void pubcomp(Pubcomp pubcomp) {
        InFlight sent = window.find(pubcomp.packetId());
        if (sent != null) {
            if (sent.awaits() != InFlight.Awaits.PUBCOMP) {
                throw violation("PUBCOMP", pubcomp.packetId(), sent);
            }
            window.close(sent);
        }
    }

    /** Messages that wait to be sent for the first time. */
    public int waiting() {
        return outbox.size();
    }

    /** What the waiting messages take, in bytes. */
    public long waitingBytes() {
        return outbox.bytes();
    }

    /** Messages that were sent and are not done. */
    public int inFlight() {
        return window.size();
    }

    // Messages from the client.

    /**
     * Remembers a QoS 2 message of the client until its PUBREL.
     *
     * @return false if it is a repeat, which is answered and not published again [MQTT-4.3.3-10]
     *     [MQTT3-4.3.3-2]
     */
    public boolean receive(int packetId) {
        if (received == null) {
            received = new HashSet<>(0);
        }
        return received.add(packetId);
    }

    /** Forgets a QoS 2 message that is refused: its identifier is free again [MQTT-4.3.3-9]. */
    public void refuse(int packetId) {
        forget(packetId);
    }

    /** The client lets a message go: its identifier is free again [MQTT-4.3.3-12]. */
    public Pubcomp pubrel(Pubrel pubrel) {
        int packetId = pubrel.packetId();
        // The answer repeats the identifier [MQTT-4.3.3-11] [MQTT-2.2.1-5] [MQTT3-2.3.1-6].
        return forget(packetId)
                ? new Pubcomp(packetId)
                : new Pubcomp(packetId, ReasonCode.PACKET_IDENTIFIER_NOT_FOUND);
    }

    private boolean forget(int packetId) {
        return received != null && received.remove(packetId);
    }

    // The end.

    /**
     * What other members of shared subscriptions are to get, in order: messages that the client has
     * not acknowledged and such that wait. Without QoS 2 messages that were sent: nobody else gets
     * them [MQTT-4.8.2-5]. The session is empty after that.
     */
    public List<Delivery> leave() {
        List<Delivery> left = new ArrayList<>();
        for (InFlight sent : window.inOrder()) {
            if (sent.awaits() == InFlight.Awaits.PUBACK) {
                addShared(left, sent.delivery());
            }
            window.close(sent);
        }
        for (Delivery next = outbox.poll(); next != null; next = outbox.poll()) {
            addShared(left, next);
        }
        subscriptions = Map.of();
        received = null;
        return left;
    }

    private static void addShared(List<Delivery> left, Delivery delivery) {
        if (delivery.share() != null) {
            left.add(delivery);
        }
    }

    private static ProtocolViolation violation(String packet, int packetId, InFlight sent) {
        return new ProtocolViolation(
                ReasonCode.PROTOCOL_ERROR,
                packet + " " + packetId + " came where " + sent.awaits() + " is due");
    }
}
