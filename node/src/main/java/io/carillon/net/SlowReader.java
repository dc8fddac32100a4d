package io.carillon.net;

import io.carillon.loop.OnEventLoop;
import io.carillon.net.lane.Timeouts;
import java.util.concurrent.TimeUnit;

/** Notices that a client has not read for a long time. */
@OnEventLoop
final class SlowReader extends Timeouts.Entry {
    private final Timeouts timeouts;
    private final long timeoutMillis;
    private final Runnable expired;
    private boolean waiting;

    SlowReader(Timeouts timeouts, long timeoutMillis, Runnable expired) {
        this.timeouts = timeouts;
        this.timeoutMillis = timeoutMillis;
        this.expired = expired;
    }

    void congested(boolean congested) {
        if (congested && !waiting) {
            waiting = true;
            timeouts.set(this, TimeUnit.MILLISECONDS.toNanos(timeoutMillis));
        } else if (!congested) {
            stop();
        }
    }

    void stop() {
        waiting = false;
        timeouts.clear(this);
    }

    @Override
    protected void timedOut() {
        expired.run();
    }
}
