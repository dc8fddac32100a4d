package io.carillon.bench.client;

import io.netty.buffer.ByteBuf;

/** A client that sets a retained message on each of its topics, and clears them again. */
public final class RetainedPublisher extends Sender {
    private final RetainedFrame setting;
    private final RetainedFrame clearing;
    private RetainedFrame frame;
    private long sent;
    private long limit;

    /**
     * A publisher that does nothing before {@link #set}.
     *
     * @param prefix of its topics, which end in the number of the message; ends in a slash
     * @param qos 1 or 2
     * @param window 1 to 65,535 messages that may wait for their acknowledgement
     */
    public RetainedPublisher(
            LoadLoop loop,
            Identity identity,
            int number,
            String prefix,
            int qos,
            int payloadBytes,
            int window) {
        super(loop, identity, window);
        setting = new RetainedFrame(identity.protocol(), prefix, qos, number, payloadBytes);
        clearing = new RetainedFrame(identity.protocol(), prefix, qos, number, 0);
        frame = setting;
    }

    /** Sets the messages of so many topics. */
    public void set(long messages) {
        start(setting, messages);
    }

    /** Clears so many topics. */
    public void clear(long messages) {
        start(clearing, messages);
    }

    private void start(RetainedFrame each, long messages) {
        frame = each;
        sent = 0;
        limit = messages;
        loop.touch(this);
    }

    /** True when everything has been sent and acknowledged. */
    public boolean finished() {
        return sent == limit && allAcknowledged();
    }

    @Override
    protected void endTurn() {
        int messages = active() ? (int) Math.min(freeIds(), limit - sent) : 0;
        if (messages > 0) {
            ByteBuf out = out();
            out.ensureWritable(messages * frame.size());
            for (int i = 0; i < messages; i++) {
                frame.write(out, takeId(), sent++, loop.turnNanos());
            }
            counters.sent += messages;
        }
        super.endTurn();
    }
}
