package io.carillon.cluster.link;

import io.carillon.loop.AnyThread;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Where all threads put what is for one peer, and the links' loop takes it out. Counts the bytes of
 * kept messages until they are acknowledged, of all others until they are written.
 */
@AnyThread
final class Outbox {
    private final LinkSettings settings;
    private final Queue<Outgoing> queue = new ConcurrentLinkedQueue<>();
    private final AtomicLong keptBytes = new AtomicLong();
    private final AtomicLong waitingBytes = new AtomicLong();
    private final AtomicBoolean drainAsked = new AtomicBoolean();
    private volatile boolean up;
    private volatile boolean closed;

    /** No drain is of use: the peer is down, or the wire will say when it is ready. */
    private volatile boolean blocked = true;

    Outbox(LinkSettings settings) {
        this.settings = settings;
    }

    /** False if it is not taken: too much waits, or the peer was given up. */
    boolean offer(Kept message) {
        int cost = message.costBytes();
        if (closed || !admit(keptBytes, cost, settings.keptBytesMax())) {
            return false;
        }
        queue.add(message);
        return true;
    }

    /** False if it is not taken: the peer is down, or too much waits. */
    boolean offerLossy(Outgoing message) {
        int cost = message.costBytes();
        if (!up || !admit(waitingBytes, cost, settings.lossyBytesMax())) {
            return false;
        }
        queue.add(message);
        return true;
    }

    boolean isUp() {
        return up;
    }

    boolean isClosed() {
        return closed;
    }

    long keptBytes() {
        return keptBytes.get();
    }

    long waitingBytes() {
        return waitingBytes.get();
    }

    boolean congested() {
        return keptBytes.get() >= settings.congestedBytes();
    }

    /** Whether the caller should have it drained: there is something, and nobody else does. */
    boolean asksForDrain() {
        return !blocked && !queue.isEmpty() && drainAsked.compareAndSet(false, true);
    }

    /** Takes the next message out. On the links' loop. */
    @Nullable Outgoing poll() {
        Outgoing next = queue.poll();
        if (next != null && !(next instanceof Kept)) {
            waitingBytes.addAndGet(-next.costBytes());
        }
        return next;
    }

    /** What comes from now on is not in this drain for sure. On the links' loop. */
    void drainBegins() {
        drainAsked.set(false);
    }

    /** Kept messages have left. On the links' loop. */
    void freed(long bytes) {
        keptBytes.addAndGet(-bytes);
    }

    /** On the links' loop. */
    void setUp(boolean nowUp) {
        up = nowUp;
        blocked = !nowUp;
    }

    /** On the links' loop. */
    void setBlocked(boolean nowBlocked) {
        blocked = nowBlocked;
    }

    /** Takes nothing any more. On the links' loop. */
    void close() {
        closed = true;
        setUp(false);
    }

    /** A single message is always taken, so that a small bound does not shut out a large body. */
    private static boolean admit(AtomicLong bytes, int cost, long max) {
        long sum = bytes.addAndGet(cost);
        if (sum > max && sum > cost) {
            bytes.addAndGet(-cost);
            return false;
        }
        return true;
    }
}
