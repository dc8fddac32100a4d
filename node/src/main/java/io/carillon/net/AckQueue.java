package io.carillon.net;

import io.carillon.loop.AnyThread;
import io.carillon.mqtt.packet.QoS;
import io.carillon.mqtt.packet.ReasonCode;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The acknowledgements that a client waits for. Outcomes come in any order and on any thread;
 * PUBACK and PUBREC leave in the order of the PUBLISHes [MQTT-4.6.0-2] [MQTT-4.6.0-3]
 * [MQTT3-4.6.0-2] [MQTT3-4.6.0-3]. Bounded by the receive maximum.
 */
final class AckQueue {
    /** Writes what is due. On the event loop. */
    @FunctionalInterface
    interface Sink {
        void acknowledge(int packetId, QoS qos, ReasonCode outcome);
    }

    private static final int INITIAL_CAPACITY = 4;

    private final IoLane lane;
    private final Sink sink;
    private final Queue<PendingAck> pending = new ArrayDeque<>(INITIAL_CAPACITY);
    private final AtomicBoolean woken = new AtomicBoolean();

    AckQueue(IoLane lane, Sink sink) {
        this.lane = lane;
        this.sink = sink;
    }

    /** The acknowledgement of a PUBLISH that is about to be routed. */
    PendingAck open(int packetId, QoS qos) {
        PendingAck ack = new PendingAck(this, packetId, qos);
        pending.add(ack);
        return ack;
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
