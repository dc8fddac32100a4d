package io.carillon.session;

import io.carillon.mqtt.packet.Pubcomp;
import io.carillon.mqtt.packet.Publish;
import io.carillon.mqtt.packet.Pubrec;
import io.carillon.mqtt.packet.Pubrel;
import io.carillon.mqtt.packet.ReasonCode;
import io.carillon.record.Origin;
import io.carillon.record.ShardRecord.InboundCompleted;
import io.carillon.record.ShardRecord.InboundReceived;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The QoS 2 messages that a durable client sends and that are not complete. Each is numbered, so
 * that a PUBLISH sent again after a crash is routed under the same number and stored once.
 */
public final class Inbound {
    private final long session;
    private final Map<Integer, Exchange> exchanges = new HashMap<>();
    private final ArrayDeque<Exchange> unanswered = new ArrayDeque<>();
    private long lastNumber;

    /** How many were taken back and did not come again yet. */
    private int restored;

    Inbound(long session) {
        this.session = session;
    }

    /** One exchange, from PUBLISH to PUBREL. */
    public static final class Exchange {
        private final int packetId;
        private final Origin origin;
        private @Nullable ReasonCode outcome;
        private boolean waiting;
        private boolean restored;

        private Exchange(int packetId, Origin origin) {
            this.packetId = packetId;
            this.origin = origin;
        }

        /** What the message is called when it is routed. */
        public Origin origin() {
            return origin;
        }
    }

    /** Takes back what is stored: whether those messages were routed is not known. */
    void restore(int packetId, long number) {
        Exchange exchange = new Exchange(packetId, new Origin(session, number, true));
        exchange.restored = true;
        restored++;
        exchanges.put(packetId, exchange);
        lastNumber = Math.max(lastNumber, number);
    }

    /** The highest number that was ever given. */
    void restoreLastNumber(long number) {
        lastNumber = Math.max(lastNumber, number);
    }

    /** How many exchanges are open. */
    public int open() {
        return exchanges.size();
    }

    /**
     * A QoS 2 PUBLISH came.
     *
     * @return the exchange if the message must be routed; null if it was, or is being, and PUBREC
     *     is all that is due [MQTT-4.3.3-10]
     */
    @Nullable Exchange publish(Publish packet, Effects effects) {
        Exchange known = exchanges.get(packet.packetId());
        if (known != null && known.waiting) {
            return null; // its first routing will answer, in its turn
        }
        Exchange exchange = known;
        if (exchange == null) {
            dropRestored(effects);
            Origin origin = new Origin(session, ++lastNumber, packet.dup());
            exchange = new Exchange(packet.packetId(), origin);
            exchanges.put(packet.packetId(), exchange);
            effects.append(new InboundReceived(session, packet.packetId(), origin.number()));
        }
        cameAgain(exchange);
        exchange.waiting = true;
        unanswered.add(exchange);
        if (exchange.outcome != null) {
            answer(effects); // a repeat: not before those that came earlier
            return null;
        }
        return exchange;
    }

    private void cameAgain(Exchange exchange) {
        if (exchange.restored) {
            exchange.restored = false;
            restored--;
        }
    }

    /**
     * Numbers reach shards upwards only: one that has a higher number takes a message for known. So
     * once there is one, what has not come again is numbered anew when it does. That happens if a
     * message was refused, and neither the client nor the next leader heard of it.
     */
    private void dropRestored(Effects effects) {
        if (restored > 0) {
            List<Exchange> dropped = exchanges.values().stream().filter(e -> e.restored).toList();
            for (Exchange each : dropped) {
                cameAgain(each);
                exchanges.remove(each.packetId);
                effects.append(new InboundCompleted(session, each.packetId));
            }
        }
    }

    /**
     * The message of an exchange is stored wherever it must be, or is refused. Answers leave in the
     * order of the PUBLISHes [MQTT-4.6.0-3].
     */
    void routed(Exchange exchange, ReasonCode outcome, Effects effects) {
        exchange.outcome = outcome;
        answer(effects);
    }

    private void answer(Effects effects) {
        while (!unanswered.isEmpty()) {
            Exchange first = unanswered.element();
            ReasonCode answer = first.outcome;
            if (answer == null) {
                return;
            }
            unanswered.remove();
            first.waiting = false;
            if (answer.isError() && exchanges.remove(first.packetId, first)) {
                effects.append(new InboundCompleted(session, first.packetId));
            }
            effects.sendAfterCommit(new Pubrec(first.packetId, answer)); // [MQTT-4.3.3-8]
        }
    }

    /** PUBREL: the identifier is free again [MQTT-4.3.3-11] [MQTT-4.3.3-12]. */
    void pubrel(Pubrel packet, Effects effects) {
        int packetId = packet.packetId();
        Exchange exchange = exchanges.remove(packetId);
        if (exchange == null) {
            effects.send(new Pubcomp(packetId, ReasonCode.PACKET_IDENTIFIER_NOT_FOUND));
            return;
        }
        cameAgain(exchange);
        effects.append(new InboundCompleted(session, packetId));
        effects.sendAfterCommit(new Pubcomp(packetId));
    }
}
