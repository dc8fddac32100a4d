package io.carillon.bench.client;

import io.netty.buffer.ByteBuf;

/**
 * A client that publishes numbered messages to one topic as fast as its window lets it.
 *
 * <p>The window is closed twice: so many messages may wait for their acknowledgement (QoS 1 and 2),
 * and so many for their delivery to all subscribers, so that a broker that acknowledges faster than
 * it delivers is not measured filling its queues.
 */
public final class Publisher extends Client {
    /** Publishes until {@link #stop}. */
    public static final long NO_LIMIT = Long.MAX_VALUE;

    /** The least payload: number and time stand in it. */
    public static final int PAYLOAD_MIN_BYTES = Stamp.BYTES;

    private static final int REFUSED = 0x80;

    private final PublishFrame frame;
    private final int number;
    private final int qos;
    private final int receivers;
    private final int window;

    /** Packet identifiers that are free, as a stack; the same few are used again and again. */
    private final char[] freeIds;

    private int freeCount;
    private int usableIds;
    private long undelivered;
    private long heardAtTick;
    private long heard;
    private long sent;
    private long limit;

    /**
     * A publisher that does nothing before {@link #start}.
     *
     * @param receivers subscribers that get each message; 0 if deliveries are not waited for
     * @param window 1 to 65,535 messages
     */
    public Publisher(
            LoadLoop loop,
            Identity identity,
            int number,
            String topic,
            int qos,
            int payloadBytes,
            int window,
            int receivers) {
        super(loop, identity);
        this.frame =
                PublishFrame.of(identity.protocol(), Frame.utf8(topic), qos, number, payloadBytes);
        this.number = number;
        this.qos = qos;
        this.window = window;
        this.receivers = receivers;
        this.freeIds = new char[qos > 0 ? window : 0];
    }

    /** Publishes so many messages more, or without end. */
    public void start(long messages) {
        limit = messages == NO_LIMIT ? NO_LIMIT : sent + messages;
        loop.touch(this);
    }

    /** Sends nothing more; what is on its way stays. */
    public void stop() {
        limit = sent;
    }

    /** Which publisher of the run it is; its messages carry it. */
    public int number() {
        return number;
    }

    /** Messages sent: the numbers 0 to one less have been used. */
    public long sent() {
        return sent;
    }

    /** True when everything sent has been acknowledged and the limit is reached. */
    public boolean finished() {
        return sent >= limit && (qos == 0 || freeCount == usableIds);
    }

    /** Subscribers have got so many. */
    void delivered(int messages) {
        undelivered -= messages;
        heard += messages;
        loop.touch(this);
    }

    /** To be called each second: opens the window again if what it waits for seems lost. */
    public void tick() {
        if (undelivered > 0 && heard == heardAtTick && sent < limit && receivers > 0) {
            undelivered = 0;
            counters.stalls++;
            loop.touch(this);
        }
        heardAtTick = heard;
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
            undelivered -= receivers;
        }
        freeIds[freeCount++] = (char) packetId;
        loop.touch(this);
    }

    @Override
    protected void endTurn() {
        if (active()) {
            fill();
        }
        super.endTurn();
    }

    private void fill() {
        int messages = allowed();
        if (messages <= 0) {
            return;
        }
        ByteBuf out = out();
        out.ensureWritable(messages * frame.size());
        long nanos = loop.turnNanos();
        for (int i = 0; i < messages; i++) {
            int packetId = qos > 0 ? freeIds[--freeCount] : 0;
            frame.write(out, packetId, sent++, nanos);
        }
        undelivered += (long) messages * receivers;
        counters.sent += messages;
    }

    private int allowed() {
        long room = qos > 0 ? freeCount : window;
        if (receivers > 0) {
            room = Math.min(room, window - Math.ceilDiv(undelivered, receivers));
        }
        return (int) Math.min(room, limit - sent);
    }
}
