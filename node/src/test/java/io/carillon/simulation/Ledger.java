package io.carillon.simulation;

import io.carillon.mqtt.packet.QoS;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All messages that clients published, and what became of them. */
final class Ledger {

    /** What a message is to do. */
    enum Kind {
        PASS,
        BE_RETAINED,
        /** Nothing is retained any more; without a payload nobody knows its number. */
        CLEAR
    }

    /** A message, whose payload is its number. */
    static final class Sent {
        final int number;
        final String publisher;

        /** Which session of the publisher: order is promised within one. */
        final int session;

        final String topic;
        final QoS qos;
        final Kind kind;
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
                Kind kind,
                long sentMillis) {
            this.number = number;
            this.publisher = publisher;
            this.session = session;
            this.topic = topic;
            this.qos = qos;
            this.kind = kind;
            this.sentMillis = sentMillis;
        }

        boolean isRetained() {
            return kind != Kind.PASS;
        }

        boolean isAccepted() {
            return acceptedMillis >= 0;
        }

        /** True if its publisher had the answer before it sent the other one. */
        boolean isOverBefore(Sent other) {
            long answeredMillis = Math.max(acceptedMillis, refusedMillis);
            return answeredMillis >= 0 && answeredMillis < other.sentMillis;
        }

        /**
         * True if this one cannot be followed by the other. Messages of one publisher to one topic
         * are in order at each QoS [MQTT-4.6.0-5]. There is none between two of different QoS that
         * are under way at once: one of QoS 2 may be handed on as late as its PUBREL comes (4.3.3,
         * method A). But what was sent after the other was answered is newer at any QoS.
         */
        boolean mustReplace(Sent other) {
            return number > other.number && (qos == other.qos || other.isOverBefore(this));
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

    final List<Sent> sent = new ArrayList<>();

    /** By name of the connection. */
    final Map<String, LastWill> wills = new LinkedHashMap<>();

    LastWill will(String connection) {
        return wills.computeIfAbsent(connection, _ -> new LastWill());
    }

    Sent add(String publisher, int session, String topic, QoS qos, Kind kind, long millis) {
        Sent message = new Sent(sent.size(), publisher, session, topic, qos, kind, millis);
        sent.add(message);
        return message;
    }

    long accepted() {
        return sent.stream().filter(Sent::isAccepted).count();
    }
}
