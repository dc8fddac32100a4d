package io.carillon.bench.client;

import io.netty.buffer.ByteBuf;

/** A client that sets a retained message on each of its topics, and clears them again. */
public final class RetainedPublisher extends Client {
    private static final int REFUSED = 0x80;

    private final RetainedFrame setting;
    private final RetainedFrame clearing;
    private final char[] freeIds;
    private int freeCount;
    private int usableIds;
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
        super(loop, identity);
        setting = new RetainedFrame(identity.protocol(), prefix, qos, number, payloadBytes);
        clearing = new RetainedFrame(identity.protocol(), prefix, qos, number, 0);
        frame = setting;
        freeIds = new char[window];
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
        return sent == limit && freeCount == usableIds;
    }

    @Override
    protected void connected(Connack connack) {
        usableIds = Math.min(freeIds.length, connack.receiveMaximum());
        for (int id = usableIds; id > 0; id--) {
            freeIds[freeCount++] = (char) id;
        }
        becomeReady();
    }

    @Override
    protected void puback(int packetId, int reason) {
        completed(packetId, reason);
    }

    @Override
    protected void pubrec(int packetId, int reason) {
        if (reason >= REFUSED) {
            completed(packetId, reason);
        } else {
            acknowledge(0x62, packetId);
        }
    }

    @Override
    protected void pubcomp(int packetId, int reason) {
        completed(packetId, reason);
    }

    private void completed(int packetId, int reason) {
        if (reason < REFUSED) {
            counters.acknowledged++;
        } else {
            counters.refused++;
            counters.fault(
                    "a message was refused with reason code 0x" + Integer.toHexString(reason));
        }
        freeIds[freeCount++] = (char) packetId;
        loop.touch(this);
    }

    @Override
    protected void endTurn() {
        int messages = active() ? (int) Math.min(freeCount, limit - sent) : 0;
        if (messages > 0) {
            ByteBuf out = out();
            out.ensureWritable(messages * frame.size());
            for (int i = 0; i < messages; i++) {
                frame.write(out, freeIds[--freeCount], sent++, loop.turnNanos());
            }
            counters.sent += messages;
        }
        super.endTurn();
    }
}
