package io.carillon.session;

import io.carillon.mqtt.packet.Message;
import io.carillon.mqtt.packet.Puback;
import io.carillon.mqtt.packet.Pubcomp;
import io.carillon.mqtt.packet.Publish;
import io.carillon.mqtt.packet.Pubrec;
import io.carillon.mqtt.packet.Pubrel;
import io.carillon.mqtt.packet.QoS;
import io.carillon.mqtt.packet.ReasonCode;
import io.carillon.record.Queued;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The queue of a durable session and the window of its messages in flight. Messages are stored by
 * records and kept in memory only while the client is connected and soon to get them: what is
 * further back is read in pages.
 *
 * <p>Places ({@code seq}) grow without end and give the packet identifiers, so sending a message
 * changes nothing that must be stored. In order of places: in flight, {@code ready}, on disk only.
 */
public final class Outbox {
    private static final int PAGE_ENTRIES = 128;
    private static final long PAGE_BYTES = 256 * 1024;

    private static final int READY_ENTRIES = 1_024;

    /** Messages that are done with, but not durably so, while further ones are sent. */
    static final int UNSETTLED_MAX = 256;

    private final long session;
    private final QueueStore store;
    private final QueueLimits limits;

    // For the session.
    private boolean loaded;
    private long headSeq;
    private long nextSeq;
    private long committedSeq;
    private long sentSeq;
    private long messages;
    private long bytes;
    private long bytesEver;

    /** No message that may be dropped stands below this place. */
    private long droppedSeq;

    /** The last place that was given to a QoS 0 message, or -1. */
    private long lastQos0Seq = -1;

    private long doneEver;
    private long settledEver;

    // For the attachment.
    private boolean attached;
    private int window;
    private long readSeq;
    private long readyBytes;
    private final ArrayDeque<Queued> ready = new ArrayDeque<>();
    private final LinkedHashMap<Integer, Queued> inflight = new LinkedHashMap<>();

    /**
     * The queue of a session.
     *
     * @param sentSeq what the session's row says
     * @param crashed true if the row says that a client was connected: more may have been sent
     *     then, though never behind so many of the messages that are stored
     */
    Outbox(long session, QueueStore store, QueueLimits limits, long sentSeq, boolean crashed) {
        this.session = session;
        this.store = store;
        this.limits = limits;
        this.sentSeq = sentSeq;
        this.nextSeq = sentSeq;
        if (crashed) {
            load();
            int sentMax = limits.inflightMax() + UNSETTLED_MAX;
            this.sentSeq = Math.max(sentSeq, store.placeBehind(session, sentMax));
        }
    }

    /** The queue of a session that is new: nothing is stored of it. */
    Outbox(long session, QueueStore store, QueueLimits limits) {
        this.session = session;
        this.store = store;
        this.limits = limits;
        this.loaded = true;
    }

    /** Messages below this place may have been sent. */
    public long sentSeq() {
        return sentSeq;
    }

    /**
     * Messages that wait, those in flight included; only known once something asked for the queue.
     */
    public long messages() {
        return messages;
    }

    public int inflight() {
        return inflight.size();
    }

    /** True if a retained message or another can be added without dropping one. */
    public boolean hasRoom() {
        load();
        return messages < limits.messagesMax() / 2 + 1 && bytes < limits.bytesMax() / 2 + 1;
    }

    /**
     * Gives a message its place.
     *
     * @return null if the queue is full and its policy refuses new messages
     */
    public @Nullable Queued offer(
            Message message,
            QoS qos,
            boolean retain,
            int[] subscriptionIdentifiers,
            @Nullable String sharedFilter,
            Effects effects) {
        load();
        int size = message.bytes();
        if (size > limits.bytesMax()) {
            return null; // no room can be made for it
        }
        while (messages >= limits.messagesMax() || bytes + size > limits.bytesMax()) {
            if (!limits.dropOldest() || !dropOldest(effects)) {
                return null;
            }
        }
        Queued queued =
                new Queued(
                        nextSeq++,
                        qos,
                        retain,
                        subscriptionIdentifiers,
                        sharedFilter,
                        message,
                        bytesEver);
        messages++;
        bytes += size;
        bytesEver += size;
        if (!qos.acknowledged()) {
            lastQos0Seq = queued.seq();
        }
        boolean fits = ready.size() < READY_ENTRIES && readyBytes + size <= PAGE_BYTES;
        if (attached && readSeq == queued.seq() && fits) {
            ready.add(queued);
            readyBytes += size;
            readSeq = nextSeq;
        }
        return queued;
    }

    /** True while a QoS 0 message waits here: another must not overtake it [MQTT-4.6.0-5]. */
    public boolean holdsQos0() {
        load();
        return lastQos0Seq >= sentSeq;
    }

    /** How many messages are done with, ever; for {@link #settled}. */
    public long doneEver() {
        return doneEver;
    }

    /** True if some are done with, and not durably so. */
    public boolean isUnsettled() {
        return settledEver < doneEver;
    }

    /** So many messages are durably done with. */
    public void settled(long done) {
        settledEver = Math.max(settledEver, done);
    }

    /** The message at this place, and all before it, are durable. */
    public void committed(long seq) {
        committedSeq = Math.max(committedSeq, seq + 1);
    }

    /** A client is there that takes so many messages at once. */
    void attach(int receiveMaximum) {
        load();
        detach();
        attached = true;
        store.attached(session, true);
        window = Math.min(receiveMaximum, limits.inflightMax());
        readSeq = headSeq;
    }

    /** The client is gone: what was read is forgotten, it stays stored. */
    void detach() {
        if (attached) {
            headSeq = firstSeq();
            store.attached(session, false);
        }
        attached = false;
        ready.clear();
        readyBytes = 0;
        inflight.clear();
    }

    /**
     * Sends what the window has room for: after a new attachment, first what may have been sent
     * before, in its order and under its packet identifiers [MQTT-4.4.0-1] [MQTT3-4.4.0-1]
     * [MQTT-4.6.0-1] [MQTT3-4.6.0-1], then the rest [MQTT-4.6.0-5] [MQTT-4.6.0-6] [MQTT3-4.6.0-5]
     * [MQTT3-4.6.0-6]. Nothing is sent again while the connection lasts.
     */
    public void pump(long nowMillis, Effects effects) {
        // [MQTT-3.3.4-9] [MQTT-4.9.0-2]: never more in flight than the client's receive maximum.
        while (attached && hasWindow() && !effects.congested()) {
            if (ready.isEmpty() && !readPage()) {
                return;
            }
            Queued next = ready.element();
            if (next.seq() >= committedSeq || inflight.containsKey(next.packetId())) {
                return;
            }
            ready.remove();
            readyBytes -= next.bytes();
            send(next, nowMillis, effects);
        }
    }

    /**
     * What is sent must stand among the first places of the queue if the node crashes now: so the
     * window is one of messages that are stored, too.
     */
    private boolean hasWindow() {
        return inflight.size() < window && doneEver - settledEver < UNSETTLED_MAX;
    }

    private void send(Queued next, long nowMillis, Effects effects) {
        Message message = next.message();
        if (message == null) {
            inflight.put(next.packetId(), next);
            effects.send(new Pubrel(next.packetId()));
            return;
        }
        boolean again = next.seq() < sentSeq;
        // What was sent is completed, expired or not [MQTT-4.3.3-7] [MQTT-4.3.3-13].
        if (!again && message.expired(nowMillis)) {
            done(next, effects); // [MQTT-3.3.2-5]
            return;
        }
        sentSeq = Math.max(sentSeq, next.seq() + 1);
        if (!next.qos().acknowledged()) {
            if (!again) { // at most once
                effects.send(publish(next, message, false, 0));
            }
            done(next, effects);
            return;
        }
        inflight.put(next.packetId(), next);
        effects.send(
                publish(next, message, again, next.packetId())); // [MQTT-3.3.1-1] [MQTT3-3.3.1-1]
    }

    /** DUP says what became of this copy, not of the publisher's [MQTT-3.3.1-3] [MQTT3-3.3.1-3]. */
    private static Publish publish(Queued queued, Message message, boolean dup, int packetId) {
        return new Publish(
                message,
                queued.qos(),
                queued.retain(),
                dup,
                packetId,
                queued.subscriptionIdentifiers(),
                0);
    }

    /** PUBACK, also one with an error: the message is done with [MQTT-4.3.2-5]. */
    void puback(Puback packet, Effects effects) {
        Queued queued = inflight.get(packet.packetId());
        if (queued == null) {
            return; // of an exchange that is over
        }
        if (queued.qos() != QoS.AT_LEAST_ONCE) {
            effects.violation(ReasonCode.PROTOCOL_ERROR, "PUBACK for a QoS 2 message");
            return;
        }
        inflight.remove(packet.packetId());
        done(queued, effects);
    }

    /**
     * PUBREC: the client has the message; only PUBREL may follow, never PUBLISH [MQTT-4.3.3-5]
     * [MQTT-4.3.3-6].
     */
    void pubrec(Pubrec packet, Effects effects) {
        int packetId = packet.packetId();
        Queued queued = inflight.get(packetId);
        if (queued == null) {
            if (!packet.reason().isError()) {
                effects.send(new Pubrel(packetId, ReasonCode.PACKET_IDENTIFIER_NOT_FOUND));
            }
            return;
        }
        if (queued.qos() != QoS.EXACTLY_ONCE) {
            effects.violation(ReasonCode.PROTOCOL_ERROR, "PUBREC for a QoS 1 message");
            return;
        }
        if (packet.reason().isError()) {
            inflight.remove(packetId);
            done(queued, effects);
            return;
        }
        if (!queued.released()) {
            Queued released = queued.release();
            inflight.put(packetId, released);
            bytes -= queued.bytes();
            effects.released(session, queued);
        }
        effects.sendAfterCommit(new Pubrel(packetId)); // [MQTT-4.3.3-4]
    }

    /** PUBCOMP: the exchange is over and the packet identifier free. */
    void pubcomp(Pubcomp packet, Effects effects) {
        Queued queued = inflight.get(packet.packetId());
        if (queued == null) {
            return;
        }
        if (!queued.released()) {
            effects.violation(ReasonCode.PROTOCOL_ERROR, "PUBCOMP before PUBREC");
            return;
        }
        inflight.remove(packet.packetId());
        done(queued, effects);
    }

    /**
     * What another member of a shared subscription may get instead, once the session has ended: QoS
     * 1 messages, and QoS 2 messages that were never sent [MQTT-4.8.2-5]. As long as the session is
     * there, all stays with it [MQTT-4.8.2-4].
     */
    public boolean mayGoToAnother(Queued queued) {
        return queued.sharedFilter() != null
                && !queued.released()
                && (queued.qos() == QoS.AT_LEAST_ONCE || queued.seq() >= sentSeq);
    }

    /** The first place that may still be stored. */
    private long firstSeq() {
        if (!inflight.isEmpty()) {
            return inflight.values().iterator().next().seq();
        }
        return ready.isEmpty() ? readSeq : ready.element().seq();
    }

    private boolean readPage() {
        if (readSeq >= committedSeq) {
            return false;
        }
        List<Queued> page = store.read(session, readSeq, committedSeq, PAGE_ENTRIES, PAGE_BYTES);
        readSeq = page.isEmpty() ? committedSeq : page.getLast().seq() + 1;
        for (Queued queued : page) {
            ready.add(queued);
            readyBytes += queued.bytes();
        }
        return !page.isEmpty();
    }

    /** Drops the oldest message that was not sent; false if there is none. */
    private boolean dropOldest(Effects effects) {
        Queued oldest = pollUnsent();
        if (oldest == null) {
            long from = Math.max(droppedSeq, Math.max(sentSeq, attached ? readSeq : headSeq));
            List<Queued> found = store.read(session, from, nextSeq, 1, 1);
            if (found.isEmpty()) {
                return false;
            }
            oldest = found.getFirst();
        }
        droppedSeq = oldest.seq() + 1;
        done(oldest, effects);
        return true;
    }

    /** Takes out the first message in memory that was not sent; those to send again precede it. */
    private @Nullable Queued pollUnsent() {
        for (Iterator<Queued> all = ready.iterator(); all.hasNext(); ) {
            Queued next = all.next();
            if (next.seq() >= sentSeq) {
                all.remove();
                readyBytes -= next.bytes();
                return next;
            }
        }
        return null;
    }

    private void done(Queued queued, Effects effects) {
        doneEver++;
        messages--;
        bytes -= queued.bytes();
        effects.done(session, queued);
        if (inflight.isEmpty() && ready.isEmpty() && attached && readSeq == nextSeq) {
            messages = 0; // after a crash the count may include places that were done with
            bytes = 0;
        }
    }

    /**
     * Learns from the first and the last entry what waits: nothing is scanned, however long it is.
     */
    private void load() {
        if (loaded) {
            return;
        }
        loaded = true;
        QueueStore.End end = store.end(session);
        nextSeq = Math.max(nextSeq, end.seq());
        bytesEver = end.bytesEver();
        headSeq = nextSeq;
        List<Queued> first = store.read(session, 0, Long.MAX_VALUE, 1, 1);
        if (!first.isEmpty()) {
            headSeq = first.getFirst().seq();
            // Both count those in between that are done with; they were never above the limits.
            messages = Math.min(nextSeq - headSeq, limits.messagesMax());
            bytes = Math.min(bytesEver - first.getFirst().bytesBefore(), limits.bytesMax());
            lastQos0Seq = nextSeq - 1; // it may be one
        }
        committedSeq = nextSeq;
    }
}
