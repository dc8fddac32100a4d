package io.carillon.net;

import io.carillon.loop.OnEventLoop;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Notices that a client has not read for a long time. */
@OnEventLoop
final class SlowReader {
    private final EventLoop loop;
    private final long timeoutMillis;
    private final Runnable expired;
    private @Nullable Future<?> timer;

    SlowReader(EventLoop loop, long timeoutMillis, Runnable expired) {
        this.loop = loop;
        this.timeoutMillis = timeoutMillis;
        this.expired = expired;
    }

    void congested(boolean congested) {
        if (congested && timer == null) {
            timer = loop.schedule(expired, timeoutMillis, TimeUnit.MILLISECONDS);
        } else if (!congested) {
            stop();
        }
    }

    void stop() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }
}
