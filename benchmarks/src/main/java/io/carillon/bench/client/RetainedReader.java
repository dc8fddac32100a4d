package io.carillon.bench.client;

import io.netty.buffer.ByteBuf;
import java.util.BitSet;

/** A client that gets the retained messages of all publishers by one wildcard, and checks them. */
public final class RetainedReader extends Receiver {
    private final String filter;
    private final int qos;
    private final BitSet[] got;
    private long wrong;
    private long doubled;

    /** A reader that does nothing before {@link #look}. */
    public RetainedReader(
            LoadLoop loop, Identity identity, String filter, int qos, int publishers) {
        super(loop, identity);
        this.filter = filter;
        this.qos = qos;
        this.got = new BitSet[publishers];
        for (int i = 0; i < publishers; i++) {
            got[i] = new BitSet();
        }
    }

    /** Subscribes: what is retained comes. */
    public void look() {
        out().writeBytes(Frames.subscribe(protocol(), 1, filter, qos));
    }

    /** Distinct messages that came. */
    public long messages() {
        long sum = 0;
        for (BitSet each : got) {
            sum += each.cardinality();
        }
        return sum;
    }

    /** Messages that came on another topic than their own. */
    public long wrong() {
        return wrong;
    }

    /** Messages that had come before. */
    public long doubled() {
        return doubled;
    }

    @Override
    void receive(ByteBuf in, int at, int length) {
        int publisher = length < Stamp.BYTES ? -1 : Stamp.publisher(in, at);
        if (publisher < 0 || publisher >= got.length) {
            counters.foreign++;
            return;
        }
        counters.delivered++;
        loop.touch(this);
        long number = Stamp.number(in, at);
        if (NumberedTopic.number(in, topicEnd()) != number) {
            wrong++;
        } else if (got[publisher].get((int) number)) {
            doubled++;
        } else {
            got[publisher].set((int) number);
        }
    }

    @Override
    protected void endTurn() {
        counters.lastDeliveryNanos = loop.turnNanos();
        super.endTurn();
    }
}
