package io.carillon.cluster.link;

import io.carillon.cluster.NodeId;
import io.carillon.loop.AnyThread;
import java.util.concurrent.CompletableFuture;

/**
 * What this node sends to one peer: messages of all threads in one stream, those of one thread in
 * their order, also with its calls. Nothing leaves before {@link #flush}, or the next heartbeat:
 * who works in turns flushes at their end, so that what a turn sends goes as one frame. Bodies are
 * not copied and must not change; one body may go to many peers.
 */
@AnyThread
public final class PeerLink {
    private final Sender sender;
    private final Context context;
    private final Outbox outbox;
    private final Calls calls;
    private final LinkCounters counters;

    PeerLink(Sender sender, Context context, Outbox outbox, Calls calls, LinkCounters counters) {
        this.sender = sender;
        this.context = context;
        this.outbox = outbox;
        this.calls = calls;
        this.counters = counters;
    }

    public NodeId peer() {
        return sender.peer();
    }

    /** Whether messages reach the peer. */
    public boolean isUp() {
        return outbox.isUp();
    }

    /**
     * Offers a message; false if it is not taken. A {@link Delivery#LOSSY} one is dropped then, and
     * counted. A {@link Delivery#KEPT} one is refused above {@link LinkSettings#keptBytesMax}, or
     * when the peer was given up; it is taken while the peer is down.
     *
     * @throws IllegalArgumentException if the body is longer than {@link LinkSettings#bodyBytesMax}
     */
    public boolean offer(Delivery delivery, byte kind, byte[] body) {
        check(body);
        return switch (delivery) {
            case LOSSY -> offerLossy(kind, body);
            case KEPT -> offerKept(kind, body);
        };
    }

    /**
     * True while so many kept messages wait for the peer that whoever makes them should pause.
     * Refusals come much later.
     */
    public boolean congested() {
        return outbox.congested();
    }

    /** Sends what was offered so far. Costs nothing if that is nothing. */
    public void flush() {
        if (outbox.asksForDrain()) {
            context.post(sender::drain);
        }
    }

    /**
     * Asks the peer, after all that was offered before, and flushes. The result comes on the links'
     * loop. It fails with {@link CallFailed}: at once while the peer is down or when it goes down,
     * when too many calls are open, when time is over, or when the peer refuses.
     *
     * @throws IllegalArgumentException if the body is longer than {@link LinkSettings#bodyBytesMax}
     */
    public CompletableFuture<byte[]> call(byte kind, byte[] body, long timeoutMillis) {
        check(body);
        Call call = calls.begin();
        if (call == null) {
            return calls.failed(CallFailed.Reason.BUSY, "too many calls wait for their answer");
        }
        if (!outbox.offerLossy(new Outgoing.Question(kind, body, call))) {
            calls.abandon();
            return outbox.isUp()
                    ? calls.failed(CallFailed.Reason.BUSY, "too much waits to be sent")
                    : calls.failed(CallFailed.Reason.DOWN, "it is not connected");
        }
        context.post(() -> sender.asked(call, timeoutMillis));
        return call.result();
    }

    /** Counters, and how the link stands. */
    public LinkStats stats() {
        return counters.stats(
                outbox.isUp(), outbox.keptBytes(), outbox.waitingBytes(), calls.open());
    }

    private boolean offerLossy(byte kind, byte[] body) {
        boolean taken = outbox.offerLossy(new Outgoing.Lossy(kind, body));
        if (!taken) {
            counters.droppedLossy.increment();
        }
        return taken;
    }

    private boolean offerKept(byte kind, byte[] body) {
        boolean taken = outbox.offer(new Kept(kind, body));
        if (!taken) {
            counters.refusedKept.increment();
        } else if (outbox.isClosed()) {
            context.post(sender::drain); // it came in just then, and goes back
        }
        return taken;
    }

    private void check(byte[] body) {
        if (body.length > context.settings().bodyBytesMax()) {
            throw new IllegalArgumentException(
                    "a body of "
                            + body.length
                            + " bytes; at most "
                            + context.settings().bodyBytesMax()
                            + " go to a peer");
        }
    }
}
