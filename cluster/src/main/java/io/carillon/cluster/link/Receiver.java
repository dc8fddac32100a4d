package io.carillon.cluster.link;

import io.carillon.cluster.link.Control.Hello;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The receiving half of a link: what has come from one start of a peer, over one connection after
 * another. On the links' loop where not said otherwise.
 */
final class Receiver {
    private static final Logger LOG = LoggerFactory.getLogger(Receiver.class);

    /** For so long after its last sign a node's name is not given to another disk. */
    private static final long NAME_MILLIS = 10_000;

    private final Context context;
    private final LinkIdentity identity;
    private final long series;
    private final LinkCounters counters;
    private final ArrayDeque<Batch> open = new ArrayDeque<>();
    private final AtomicBoolean collectAsked = new AtomicBoolean();
    private long attempt;
    private @Nullable Accepted connection;
    private long received;
    private long done;
    private long openBytes;
    private long quietMillis;

    Receiver(Context context, Hello hello, LinkCounters counters) {
        this.context = context;
        this.identity = hello.from();
        this.series = hello.series();
        this.attempt = hello.attempt();
        this.counters = counters;
    }

    LinkIdentity identity() {
        return identity;
    }

    long received() {
        return received;
    }

    long done() {
        return done;
    }

    KnownPeer known() {
        boolean holdsName = connection != null || quietMillis < NAME_MILLIS;
        return new KnownPeer(identity, series, attempt, holdsName);
    }

    boolean isConnected() {
        return connection != null;
    }

    /** Whether this goes on with what is received here. */
    boolean isContinuedBy(Hello hello) {
        return identity.equals(hello.from()) && series == hello.series();
    }

    /** Goes on over another connection; the former one is of no use any more. */
    void connected(Accepted next, long nextAttempt) {
        Accepted former = connection;
        connection = next;
        attempt = nextAttempt;
        quietMillis = 0;
        if (former != null) {
            former.close("there is a later one");
        }
    }

    void disconnected(Accepted from) {
        if (connection == from) {
            connection = null;
        }
    }

    /** Another start of the peer, or another count, has taken this one's place. */
    void replaced() {
        Accepted former = connection;
        connection = null;
        if (former != null) {
            former.close("node " + identity.node() + " has started anew");
        }
    }

    void beat() {
        if (connection == null) {
            quietMillis += context.settings().beatMillis();
        }
    }

    /** Whether so much is not done with that nothing more should come. */
    boolean isFull() {
        return openBytes >= context.settings().windowBytes();
    }

    /**
     * Hands on what is new in a frame whose type byte is read already.
     *
     * @throws FrameDamaged if it makes no sense
     */
    void take(ByteBuffer frame, int frameBytes, Answers answers) throws FrameDamaged {
        MessagesFrame.Read read = MessagesFrame.read(frame, received);
        counters.bytesIn.add(frameBytes);
        if (read.lastKept() >= read.firstKept()) {
            received = Math.max(received, read.lastKept());
        }
        if (read.fresh().isEmpty()) {
            return;
        }
        counters.messagesIn.add(read.fresh().size());
        for (Message each : read.fresh()) {
            if (each instanceof Message.Asked asked) {
                asked.answerThrough(answers);
            }
        }
        Batch batch = new Batch(this, read.fresh(), received, frameBytes);
        open.add(batch);
        openBytes += frameBytes;
        try {
            context.handler().received(batch);
        } catch (RuntimeException e) {
            // Else one bad message would stop all that comes after it.
            LOG.error("a batch of node {} failed and is dropped", identity.node(), e);
            batch.done();
        }
    }

    /** Any thread. */
    void batchDone() {
        if (context.loop().isInside()) {
            collect();
        } else if (collectAsked.compareAndSet(false, true)) {
            context.post(this::collect);
        }
    }

    private void collect() {
        collectAsked.set(false);
        long bytes = 0;
        Batch first;
        while ((first = open.peek()) != null && first.isDone()) {
            open.remove();
            bytes += first.bytes();
            done = first.lastKept();
        }
        openBytes -= bytes;
        if (connection != null && bytes > 0) {
            connection.progressed(bytes);
        }
    }
}
