package io.carillon.net;

import io.carillon.net.lane.IoLane;
import io.carillon.net.lane.ReadGate;
import io.carillon.net.lane.Timeouts;
import java.util.concurrent.TimeUnit;

/**
 * Notices that a client is silent for one and a half times its keep alive [MQTT-3.1.2-22]
 * [MQTT3-3.1.2-24]. A packet costs a timestamp; one timeout per connection looks at it about once
 * per keep alive. On the event loop.
 */
final class KeepAlive extends Timeouts.Entry {
    private final IoLane lane;
    private final ReadGate gate;
    private final long silenceNanosMax;
    private final Runnable expired;
    private long heardNanos;

    /**
     * Starts at once.
     *
     * @param seconds 1 or more
     * @param expired ends the connection
     */
    KeepAlive(IoLane lane, ReadGate gate, int seconds, Runnable expired) {
        this.lane = lane;
        this.gate = gate;
        this.silenceNanosMax = TimeUnit.SECONDS.toNanos(seconds) * 3 / 2;
        this.expired = expired;
        heard();
        lane.timeouts().set(this, silenceNanosMax);
    }

    /** A packet has come. */
    void heard() {
        heardNanos = lane.loop().ticker().nanoTime();
    }

    void stop() {
        lane.timeouts().clear(this);
    }

    @Override
    protected void timedOut() {
        if (!gate.isOpen()) {
            // We don't listen: that is not the client's silence.
            heard();
        }
        long left = silenceNanosMax - (lane.loop().ticker().nanoTime() - heardNanos);
        if (left <= 0) {
            expired.run();
        } else {
            lane.timeouts().set(this, left);
        }
    }
}
