package io.carillon.simulation;

import io.carillon.mqtt.packet.QoS;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All messages that clients published, and what became of them. */
final class Ledger {

    /** A message, whose payload is its number. */
    static final class Sent {
        final int number;
        final String publisher;

        /** Which session of the publisher: order is promised within one. */
        final int session;

        final String topic;
        final QoS qos;
        final boolean retain;
        final long sentMillis;

        /** When it was acknowledged as stored, or -1. */
        long acceptedMillis = -1;

        /** When it was refused, or -1: others may have it all the same. */
        long refusedMillis = -1;

        Sent(
                int number,
                String publisher,
                int session,
                String topic,
                QoS qos,
                boolean retain,
                long sentMillis) {
            this.number = number;
            this.publisher = publisher;
            this.session = session;
            this.topic = topic;
            this.qos = qos;
            this.retain = retain;
            this.sentMillis = sentMillis;
        }

        boolean isAccepted() {
            return acceptedMillis >= 0;
        }

        /** True if its publisher had the answer before it sent the other one. */
        boolean isOverBefore(Sent other) {
            long answeredMillis = Math.max(acceptedMillis, refusedMillis);
            return answeredMillis >= 0 && answeredMillis < other.sentMillis;
        }

        @Override
        public String toString() {
            return "message "
                    + number
                    + " of "
                    + publisher
                    + " to "
                    + topic
                    + " at "
                    + qos
                    + " sent at "
                    + sentMillis
                    + " accepted at "
                    + acceptedMillis;
        }
    }

    /** What became of a connection that had a will. */
    enum WillFate {
        /** Its client is connected, or was not told that it is. */
        UNDECIDED,
        DUE,
        DROPPED
    }

    final List<Sent> sent = new ArrayList<>();
    final Map<String, WillFate> wills = new LinkedHashMap<>();

    /** When wills came first, by name of the connection. */
    final Map<String, Long> willMillis = new HashMap<>();

    Sent add(String publisher, int session, String topic, QoS qos, boolean retain, long millis) {
        Sent message = new Sent(sent.size(), publisher, session, topic, qos, retain, millis);
        sent.add(message);
        return message;
    }

    /** The last message to each topic that was accepted before. */
    Collection<Sent> newestRetained(long beforeMillis) {
        Map<String, Sent> newest = new LinkedHashMap<>();
        for (Sent each : sent) {
            if (each.retain && each.isAccepted() && each.acceptedMillis < beforeMillis) {
                newest.put(each.topic, each);
            }
        }
        return newest.values();
    }

    long accepted() {
        return sent.stream().filter(Sent::isAccepted).count();
    }
}
