package io.carillon.bench.client;

import io.netty.buffer.ByteBuf;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A client that publishes numbered messages to one topic as fast as its window, and where it has
 * one its schedule, lets it.
 *
 * <p>The window is closed twice: so many messages may wait for their acknowledgement (QoS 1 and 2),
 * and so many for their delivery to all subscribers, so that a broker that acknowledges faster than
 * it delivers is not measured filling its queues.
 */
public final class Publisher extends Sender {
    /** Publishes until {@link #stop}. */
    public static final long NO_LIMIT = Long.MAX_VALUE;

    /** The least payload: number and time stand in it. */
    public static final int PAYLOAD_MIN_BYTES = Stamp.BYTES;

    private final PublishFrame frame;
    private final int number;
    private final int qos;
    private final int receivers;
    private final int window;

    private long undelivered;
    private long heardAtTick;
    private long heard;
    private long sent;
    private long limit;
    private @Nullable Schedule schedule;

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
        super(loop, identity, qos > 0 ? window : 0);
        this.frame =
                PublishFrame.of(identity.protocol(), Frame.utf8(topic), qos, number, payloadBytes);
        this.number = number;
        this.qos = qos;
        this.window = window;
        this.receivers = receivers;
    }

    /** Publishes so many messages more, or without end. */
    public void start(long messages) {
        limit = messages == NO_LIMIT ? NO_LIMIT : sent + messages;
        loop.touch(this);
    }

    /**
     * Publishes so many messages, or without end, each not before it is due. To be called once; a
     * {@link Pacer} wakes it.
     */
    public void start(long messages, Schedule when) {
        schedule = when;
        limit = messages;
    }

    /** When its messages are due; it has been started with that. */
    Schedule schedule() {
        return Objects.requireNonNull(schedule);
    }

    /** True while it has more to send. */
    boolean sending() {
        return sent < limit;
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
        return sent >= limit && allAcknowledged();
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
    void refused() {
        undelivered -= receivers;
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
        for (int i = 0; i < messages; i++) {
            int packetId = qos > 0 ? takeId() : 0;
            frame.write(out, packetId, sent, timeOf(sent));
            sent++;
        }
        undelivered += (long) messages * receivers;
        counters.sent += messages;
    }

    /** When a message counts as sent: when it was due, or else now. */
    private long timeOf(long message) {
        long nanos = loop.turnNanos();
        if (schedule == null) {
            return nanos;
        }
        long due = schedule.nanosOf(message);
        loop.lateness().record(nanos - due);
        return due;
    }

    private int allowed() {
        long room = qos > 0 ? freeIds() : window;
        if (receivers > 0) {
            room = Math.min(room, window - Math.ceilDiv(undelivered, receivers));
        }
        if (schedule != null) {
            room = Math.min(room, schedule.due(loop.turnNanos()) - sent);
        }
        return (int) Math.min(room, limit - sent);
    }
}
