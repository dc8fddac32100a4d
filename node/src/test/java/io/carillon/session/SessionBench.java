package io.carillon.session;

import io.carillon.mqtt.packet.Message;
import io.carillon.mqtt.packet.MessageProperties;
import io.carillon.mqtt.packet.Packet;
import io.carillon.mqtt.packet.Publish;
import io.carillon.mqtt.packet.QoS;
import io.carillon.mqtt.packet.ReasonCode;
import io.carillon.mqtt.packet.Topic;
import io.carillon.record.Queued;
import io.carillon.record.SessionRow;
import io.carillon.record.ShardRecord;
import io.carillon.record.ShardRecord.InboundCompleted;
import io.carillon.record.ShardRecord.InboundReceived;
import io.carillon.record.ShardRecord.SessionSaved;
import io.carillon.record.ShardRecord.SubscriptionRemoved;
import io.carillon.record.ShardRecord.SubscriptionSaved;
import io.carillon.shard.PacketText;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A durable session on a table: its store is a map, what it brings about is written down, and time
 * is a number.
 */
final class SessionBench implements QueueStore, Effects {
    static final long SESSION = 42;
    static final long NOW = 1_000_000;

    final QueueLimits limits;
    final TreeMap<Long, Queued> stored = new TreeMap<>();
    final TreeMap<Integer, Long> inbound = new TreeMap<>();
    private final List<Packet> sent = new ArrayList<>();
    private final List<String> records = new ArrayList<>();
    @Nullable ReasonCode violation;
    DurableSession session;
    int entriesRead;
    private long doneEnd;
    int packetsTaken = Integer.MAX_VALUE;
    long nowMillis = NOW;

    SessionBench(QueueLimits limits) {
        this.limits = limits;
        this.session = DurableSession.opened(row(true, 0), this, limits);
    }

    static SessionBench of(int inflightMax) {
        return new SessionBench(new QueueLimits(100_000, 1 << 30, false, inflightMax));
    }

    private static SessionRow row(boolean live, long sentSeq) {
        return new SessionRow(
                SESSION, "c", null, true, 3_600, 9, 0, false, live ? 0 : NOW, null, sentSeq);
    }

    /** Queues a message, and makes it durable; false if the queue refuses it. */
    boolean offer(String payload, QoS qos) {
        Queued queued = offerOnly(payload, qos, Message.NEVER);
        if (queued != null) {
            session.outbox().committed(queued.seq());
        }
        return queued != null;
    }

    boolean offerExpiring(String payload, QoS qos, long atMillis) {
        Queued queued = offerOnly(payload, qos, atMillis);
        if (queued != null) {
            session.outbox().committed(queued.seq());
        }
        return queued != null;
    }

    /** Queues a message that is not durable yet. */
    @Nullable Queued offerOnly(String payload, QoS qos, long expiresAtMillis) {
        Message message =
                new Message(
                        Topic.of("t"),
                        payload.getBytes(StandardCharsets.UTF_8),
                        MessageProperties.NONE,
                        expiresAtMillis);
        Queued queued =
                session.outbox().offer(message, qos, false, Publish.NO_IDENTIFIERS, null, this);
        if (queued != null) {
            stored.put(queued.seq(), queued);
        }
        return queued;
    }

    List<String> attach(int receiveMaximum) {
        session.attach(receiveMaximum);
        return pump();
    }

    /** What goes out now. */
    List<String> pump() {
        session.outbox().pump(nowMillis, this);
        settle();
        return take();
    }

    List<String> acknowledge(Packet... packets) {
        for (Packet packet : packets) {
            session.acknowledge(packet, this);
        }
        settle();
        return pump();
    }

    void settle() {
        session.outbox().settled(session.outbox().doneEver());
    }

    void detach() {
        session.detach(session.row(), nowMillis, this);
    }

    /** The node stops and starts again; its row says whether a client was connected. */
    void restart(boolean connected) {
        long sentSeq = session.row().sentSeq();
        session = DurableSession.restored(row(connected, sentSeq), this, limits);
        inbound.forEach(session::restore);
    }

    List<String> take() {
        List<String> texts = PacketText.of(sent);
        sent.clear();
        return texts;
    }

    List<String> takeRecords() {
        List<String> taken = List.copyOf(records);
        records.clear();
        return taken;
    }

    // What the session brings about.

    @Override
    public void append(ShardRecord record) {
        switch (record) {
            case InboundReceived received -> {
                inbound.put(received.packetId(), received.number());
                inbound.put(0, received.number());
                records.add("received #" + received.packetId() + " as " + received.number());
            }
            case InboundCompleted completed -> {
                inbound.remove(completed.packetId());
                records.add("completed #" + completed.packetId());
            }
            case SessionSaved saved -> records.add("saved");
            case SubscriptionSaved saved -> records.add("subscribed " + saved.subscription());
            case SubscriptionRemoved removed -> records.add("unsubscribed " + removed.filter());
            default -> throw new AssertionError("not a session's record: " + record);
        }
    }

    @Override
    public void done(long number, Queued queued) {
        stored.remove(queued.seq());
        doneEnd = Math.max(doneEnd, queued.seq() + 1);
        records.add("done " + queued.seq());
    }

    @Override
    public void released(long number, Queued queued) {
        stored.put(queued.seq(), queued.release());
        records.add("released " + queued.seq());
    }

    @Override
    public void send(Packet packet) {
        sent.add(packet);
    }

    @Override
    public void sendAfterCommit(Packet packet) {
        sent.add(packet);
    }

    @Override
    public void violation(ReasonCode reason, String cause) {
        violation = reason;
    }

    @Override
    public boolean congested() {
        return sent.size() >= packetsTaken;
    }

    // The store.

    @Override
    public List<Queued> read(long number, long fromSeq, long toSeq, int entriesMax, long bytesMax) {
        List<Queued> page = new ArrayList<>();
        long bytes = 0;
        for (Queued queued : stored.subMap(fromSeq, Math.max(fromSeq, toSeq)).values()) {
            if (page.size() >= entriesMax || bytes >= bytesMax) {
                break;
            }
            page.add(queued);
            bytes += queued.bytes();
            entriesRead++;
        }
        return page;
    }

    @Override
    public End end(long number) {
        if (stored.isEmpty()) {
            return new End(doneEnd, 0);
        }
        Queued last = stored.lastEntry().getValue();
        return new End(Math.max(doneEnd, last.seq() + 1), last.bytesBefore() + last.bytes());
    }

    @Override
    public long placeBehind(long number, int count) {
        return stored.keySet().stream().limit(count).reduce(-1L, (a, b) -> b) + 1;
    }

    @Override
    public void attached(long number, boolean is) {}
}
