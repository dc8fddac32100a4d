package io.carillon.node.cluster;

import io.carillon.cluster.lease.Lease;
import io.carillon.delivery.Router;
import io.carillon.loop.AnyThread;
import io.carillon.loop.Loop;
import io.carillon.mqtt.packet.ReasonCode;
import io.carillon.mqtt.packet.TopicFilter;
import io.carillon.net.MessageRouter;
import io.carillon.shard.Publication;
import io.carillon.shard.Publisher;
import io.carillon.shard.Receipt;
import io.carillon.topic.Match;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Lets through what is published here while this node holds its lease: then it knows all
 * subscriptions that were answered anywhere. Else what somebody waits for is held back, in its
 * order, and is matched when it goes; what nobody waits for goes by what is known.
 */
@AnyThread
final class Holdback implements Publisher, MessageRouter {
    private static final long BYTES_MAX = 64L << 20;
    private static final int OVERHEAD_BYTES = 256;

    private final Loop loop;
    private final Router router;
    private volatile @Nullable Lease lease;

    /** Those that are held or on their way to it: nothing overtakes them. */
    private final AtomicInteger behind = new AtomicInteger();

    // On the loop.
    private final Queue<Held> waiting = new ArrayDeque<>();
    private long waitingBytes;

    private record Held(Runnable task, int bytes) {}

    /** Lets nothing through before {@link #by}. */
    Holdback(Loop loop, Router router) {
        this.loop = loop;
        this.router = router;
    }

    /** Goes by that lease from now on. */
    void by(Lease granted) {
        lease = granted;
    }

    /** The lease may be held again. On the cluster loop. */
    void look() {
        loop.assertInside();
        while (!waiting.isEmpty() && isHeld()) {
            Held first = waiting.remove();
            waitingBytes -= first.bytes();
            pass(first.task());
        }
    }

    @Override
    public @Nullable ReasonCode publish(
            Publication publication, Match match, @Nullable Receipt receipt) {
        if (receipt == null || isFree()) {
            return router.publish(publication, match, receipt);
        }
        hold(publication, () -> router.publish(publication, receipt), receipt);
        return null;
    }

    @Override
    public void publish(Publication publication, Receipt receipt) {
        if (isFree()) {
            router.publish(publication, receipt);
        } else {
            hold(publication, () -> router.publish(publication, receipt), receipt);
        }
    }

    @Override
    public void redispatch(
            Publication publication,
            TopicFilter sharedFilter,
            String leavingClientId,
            Receipt receipt) {
        if (isFree()) {
            router.redispatch(publication, sharedFilter, leavingClientId, receipt);
        } else {
            hold(
                    publication,
                    () -> router.redispatch(publication, sharedFilter, leavingClientId, receipt),
                    receipt);
        }
    }

    private boolean isFree() {
        return behind.get() == 0 && isHeld();
    }

    private boolean isHeld() {
        Lease granted = lease;
        return granted != null && granted.isHeld();
    }

    private void hold(Publication publication, Runnable task, Receipt receipt) {
        behind.incrementAndGet();
        int bytes = OVERHEAD_BYTES + publication.message().bytes();
        loop.execute(
                () -> {
                    if (waiting.isEmpty() && isHeld()) {
                        pass(task);
                    } else if (waitingBytes + bytes <= BYTES_MAX) {
                        waiting.add(new Held(task, bytes));
                        waitingBytes += bytes;
                    } else {
                        pass(() -> receipt.done(ReasonCode.IMPLEMENTATION_SPECIFIC_ERROR));
                    }
                });
    }

    private void pass(Runnable task) {
        try {
            task.run();
        } finally {
            behind.decrementAndGet();
        }
    }
}
