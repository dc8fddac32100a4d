package io.carillon.recovery;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.carillon.mqtt.packet.QoS;
import io.carillon.mqtt.packet.ReasonCode;
import io.carillon.testing.ClientEvent;
import io.carillon.testing.RawClient;
import java.io.IOException;
import java.time.Duration;
import java.util.BitSet;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;

/** Publishes the numbers 0, 1, 2… and keeps book of those that were acknowledged. */
final class Publishing implements Survivor.Turn {
    private static final int WINDOW = 16;
    private static final Duration PATIENCE = Duration.ofMillis(200);
    private static final Duration STEP = Duration.ofMillis(10);

    private final IntFunction<String> topicOf;
    private final QoS qos;
    private final boolean retain;
    private final Semaphore acknowledgements;
    private final boolean mayBeRefused;
    private final long nanosEach;
    private final long beginNanos = System.nanoTime();
    private final BitSet acknowledged = new BitSet();
    private final BitSet refused = new BitSet();
    private int sent;
    private boolean finishing;

    /**
     * Publishing at that QoS.
     *
     * @param acknowledgements gets a permit for each
     * @param mayBeRefused whether a message may; it is noted then and not sent again
     * @param perSecondMax messages
     */
    Publishing(
            IntFunction<String> topicOf,
            QoS qos,
            boolean retain,
            Semaphore acknowledgements,
            boolean mayBeRefused,
            int perSecondMax) {
        this.topicOf = topicOf;
        this.qos = qos;
        this.retain = retain;
        this.acknowledgements = acknowledgements;
        this.mayBeRefused = mayBeRefused;
        this.nanosEach = TimeUnit.SECONDS.toNanos(1) / perSecondMax;
    }

    /** Lets it end once everything sent is acknowledged. */
    synchronized void finish() {
        finishing = true;
    }

    /** How many numbers were sent: all up to this one. */
    synchronized int sent() {
        return sent;
    }

    /** The numbers of messages that were refused: each may have come or not. */
    synchronized BitSet refused() {
        return (BitSet) refused.clone();
    }

    /** The highest acknowledged number whose topic it is, or -1. */
    synchronized int lastAcknowledged(String topic) {
        int number = acknowledged.length() - 1;
        while (number >= 0 && !(acknowledged.get(number) && topicOf.apply(number).equals(topic))) {
            number--;
        }
        return number;
    }

    @Override
    public boolean take(RawClient client) throws IOException {
        while (client.inFlight() < WINDOW && mayTakeNext()) {
            int number = sent() - 1;
            byte[] payload = Integer.toString(number).getBytes(US_ASCII);
            client.publish(topicOf.apply(number), payload, qos, retain);
        }
        if (client.inFlight() == 0 && isFinishing()) {
            return false;
        }
        Optional<ClientEvent> event =
                client.poll(client.inFlight() == WINDOW || isFinishing() ? PATIENCE : STEP);
        if (event.isPresent()
                && event.get() instanceof ClientEvent.Completed(var publish, var reason)) {
            int number = Integer.parseInt(new String(publish.message().payload(), US_ASCII));
            if (!reason.isError() || completedBefore(reason)) {
                noteAcknowledged(number);
            } else if (mayBeRefused) {
                noteRefused(number);
            } else {
                throw new AssertionError(publish + " was refused: " + reason);
            }
        }
        return true;
    }

    private synchronized boolean isFinishing() {
        return finishing;
    }

    private synchronized void noteRefused(int number) {
        refused.set(number);
    }

    /**
     * True for the answer to a PUBREL whose PUBCOMP the kill swallowed: in recovery it is no error.
     * Source: MQTT 5.0, 3.7.2.1.
     */
    private boolean completedBefore(ReasonCode reason) {
        return qos == QoS.EXACTLY_ONCE && reason == ReasonCode.PACKET_IDENTIFIER_NOT_FOUND;
    }

    /** Counts the next number as sent before it goes: sending may fail half-way. */
    private synchronized boolean mayTakeNext() {
        if (finishing || sent * nanosEach > System.nanoTime() - beginNanos) {
            return false;
        }
        sent++;
        return true;
    }

    private synchronized void noteAcknowledged(int number) {
        acknowledged.set(number);
        acknowledgements.release();
    }
}
