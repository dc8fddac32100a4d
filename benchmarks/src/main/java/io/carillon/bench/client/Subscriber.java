package io.carillon.bench.client;

import io.carillon.bench.report.Latency;
import io.carillon.bench.report.Ledger;
import io.carillon.bench.report.OwnLedger;
import io.netty.buffer.ByteBuf;
import java.util.List;

/**
 * A client that subscribes to one filter, counts and checks what comes, acknowledges it, and tells
 * the publishers, whose windows it opens.
 */
public final class Subscriber extends Receiver {
    private final String filter;
    private final int qos;
    private final boolean subscribes;
    private final List<Publisher> publishers;
    private final int first;
    private final Ledger ledger;
    private final int heard;
    private final Latency latency;

    private int heardFrom;
    private int heardMessages;

    /**
     * A subscriber to those publishers, whose numbers follow each other.
     *
     * @param first number of the first of them
     * @param subscribes false if its session has the subscription already: then it reads nothing
     *     behind CONNACK before {@link #resume}
     */
    public Subscriber(
            LoadLoop loop,
            Identity identity,
            String filter,
            int qos,
            boolean subscribes,
            int first,
            List<Publisher> publishers) {
        this(
                loop,
                identity,
                filter,
                qos,
                subscribes,
                first,
                publishers,
                new OwnLedger(publishers.size()));
    }

    /** The same, with a ledger for what it is to receive of those publishers. */
    public Subscriber(
            LoadLoop loop,
            Identity identity,
            String filter,
            int qos,
            boolean subscribes,
            int first,
            List<Publisher> publishers,
            Ledger ledger) {
        super(loop, identity);
        this.filter = filter;
        this.qos = qos;
        this.subscribes = subscribes;
        this.publishers = List.copyOf(publishers);
        this.first = first;
        this.ledger = ledger;
        this.heard = publishers.size();
        this.latency = loop.latency();
    }

    public int qos() {
        return qos;
    }

    /** Number of the first publisher that it hears. */
    public int first() {
        return first;
    }

    /** What came from each publisher, {@link #first} first; for its loop's thread. */
    public Ledger ledger() {
        return ledger;
    }

    @Override
    protected void connected(Connack connack) {
        if (subscribes) {
            out().writeBytes(Frames.subscribe(protocol(), 1, filter, qos));
        } else {
            hold(true);
            becomeReady();
        }
    }

    /** Reads what waits for it. */
    public void resume() {
        hold(false);
    }

    @Override
    protected void subscribed() {
        becomeReady();
    }

    @Override
    void receive(ByteBuf in, int at, int length) {
        int publisher = length < Stamp.BYTES ? -1 : Stamp.publisher(in, at) - first;
        if (publisher < 0 || publisher >= heard) {
            counters.foreign++;
            return;
        }
        long number = Stamp.number(in, at);
        counters.delivered++;
        ledger.receive(publisher, number);
        if (latency.times(number)) {
            latency.record(System.nanoTime() - Stamp.nanos(in, at));
        }
        if (publisher != heardFrom) {
            tell();
            heardFrom = publisher;
        }
        if (heardMessages++ == 0) {
            loop.touch(this);
        }
    }

    @Override
    protected void endTurn() {
        tell();
        counters.lastDeliveryNanos = loop.turnNanos();
        super.endTurn();
    }

    private void tell() {
        if (heardMessages == 0) {
            return;
        }
        int messages = heardMessages;
        heardMessages = 0;
        Publisher publisher = publishers.get(heardFrom);
        if (publisher.loop() == loop) {
            publisher.delivered(messages);
        } else {
            publisher.loop().events().execute(() -> publisher.delivered(messages));
        }
    }
}
