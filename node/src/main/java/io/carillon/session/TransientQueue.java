package io.carillon.session;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** The QoS 1 and 2 messages that wait to be sent to one client, in order and within limits. */
final class TransientQueue {
    private static final int INITIAL_CAPACITY = 4;

    private final QueueLimits limits;
    private final Drops drops;
    private @Nullable ArrayDeque<Delivery> waiting;
    private long bytes;

    TransientQueue(QueueLimits limits, Drops drops) {
        this.limits = limits;
        this.drops = drops;
    }

    int size() {
        return waiting == null ? 0 : waiting.size();
    }

    long bytes() {
        return bytes;
    }

    void add(Delivery delivery) {
        int size = delivery.message().bytes();
        if (!makeRoom(size)) {
            drops.dropped(delivery, Drops.Cause.QUEUE_FULL);
            return;
        }
        if (waiting == null) {
            waiting = new ArrayDeque<>(INITIAL_CAPACITY);
        }
        waiting.add(delivery);
        bytes += size;
    }

    @Nullable Delivery poll() {
        Delivery first = waiting == null ? null : waiting.poll();
        if (first != null) {
            bytes -= first.message().bytes();
        }
        return first;
    }

    private boolean makeRoom(int size) {
        if (size > limits.bytesMax()) {
            return false;
        }
        while (size() >= limits.messagesMax() || bytes + size > limits.bytesMax()) {
            Delivery oldest = limits.dropOldest() ? poll() : null;
            if (oldest == null) {
                return false;
            }
            drops.dropped(oldest, Drops.Cause.QUEUE_FULL);
        }
        return true;
    }
}
