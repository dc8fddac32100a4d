package io.carillon.net;

import io.carillon.loop.AnyThread;
import io.carillon.mqtt.packet.QoS;
import io.carillon.mqtt.packet.ReasonCode;
import io.carillon.net.lane.IoLane;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The acknowledgements that a client waits for. Outcomes come in any order and on any thread;
 * PUBACK and PUBREC leave in the order of the PUBLISHes [MQTT-4.6.0-2] [MQTT-4.6.0-3]
 * [MQTT3-4.6.0-2] [MQTT3-4.6.0-3]. Bounded by the receive maximum.
 */
final class AckQueue {
    /** Writes what is due. On the event loop. */
    interface Sink {
        void acknowledge(int packetId, QoS qos, ReasonCode outcome);

        /** An outcome has been missing for longer than it may. On the event loop. */
        void overdue();
    }

    private static final int INITIAL_CAPACITY = 4;

    private final IoLane lane;
    private final Sink sink;
    private final long timeoutMillis;
    private final Queue<PendingAck> pending = new ArrayDeque<>(INITIAL_CAPACITY);
    private final AtomicBoolean woken = new AtomicBoolean();
    private @Nullable Future<?> check;
    private @Nullable PendingAck watched;

    AckQueue(IoLane lane, Sink sink, long timeoutMillis) {
        this.lane = lane;
        this.sink = sink;
        this.timeoutMillis = timeoutMillis;
    }

    /** The acknowledgement of a PUBLISH that is about to be routed. */
    PendingAck open(int packetId, QoS qos) {
        PendingAck ack = new PendingAck(this, packetId, qos);
        pending.add(ack);
        return ack;
    }

    /** Looks after what is open until nothing is: one timer per connection, and only then. */
    void watch() {
        if (check == null) {
            watched = pending.peek();
            check = lane.loop().schedule(this::check, timeoutMillis, TimeUnit.MILLISECONDS);
        }
    }

    @SuppressWarnings("ReferenceEquality") // the very acknowledgement that was first before
    private void check() {
        check = null;
        PendingAck first = pending.peek();
        if (first != null && first == watched) {
            sink.overdue();
        } else if (first != null) {
            watch();
        }
    }

    int size() {
        return pending.size();
    }

    /** True if a PUBLISH with that packet identifier and QoS has no outcome yet. */
    boolean isPending(int packetId, QoS qos) {
        for (PendingAck ack : pending) {
            if (ack.packetId() == packetId && ack.qos() == qos) {
                return true;
            }
        }
        return false;
    }

    /** An outcome has come. */
    @AnyThread
    void advance() {
        if (lane.loop().inEventLoop()) {
            drain();
        } else if (woken.compareAndSet(false, true)) {
            lane.post(
                    () -> {
                        woken.set(false);
                        drain();
                    });
        }
    }

    /** Forgets all: the connection is closed. */
    void clear() {
        pending.clear();
        if (check != null) {
            check.cancel(false);
        }
    }

    private void drain() {
        for (PendingAck first = pending.peek(); first != null; first = pending.peek()) {
            ReasonCode outcome = first.outcome();
            if (outcome == null) {
                return;
            }
            pending.remove();
            sink.acknowledge(first.packetId(), first.qos(), outcome);
        }
    }
}
