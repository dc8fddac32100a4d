package io.carillon.net;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Notices that a client is silent for one and a half times its keep alive [MQTT-3.1.2-22]
 * [MQTT3-3.1.2-24]. A packet costs a timestamp; one timer per connection looks at it about once per
 * keep alive. On the event loop.
 */
final class KeepAlive {
    private final EventLoop loop;
    private final ReadGate gate;
    private final long silenceNanosMax;
    private final Runnable expired;
    private long heardNanos;
    private @Nullable Future<?> check;

    /**
     * Starts at once.
     *
     * @param seconds 1 or more
     * @param expired ends the connection
     */
    KeepAlive(EventLoop loop, ReadGate gate, int seconds, Runnable expired) {
        this.loop = loop;
        this.gate = gate;
        this.silenceNanosMax = TimeUnit.SECONDS.toNanos(seconds) * 3 / 2;
        this.expired = expired;
        heard();
        checkIn(silenceNanosMax);
    }

    /** A packet has come. */
    void heard() {
        heardNanos = loop.ticker().nanoTime();
    }

    void stop() {
        if (check != null) {
            check.cancel(false);
        }
    }

    private void check() {
        if (!gate.isOpen()) {
            // We don't listen: that is not the client's silence.
            heard();
        }
        long left = silenceNanosMax - (loop.ticker().nanoTime() - heardNanos);
        if (left <= 0) {
            expired.run();
        } else {
            checkIn(left);
        }
    }

    private void checkIn(long nanos) {
        check = loop.schedule(this::check, nanos, TimeUnit.NANOSECONDS);
    }
}
