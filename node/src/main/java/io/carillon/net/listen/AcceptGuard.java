package io.carillon.net.listen;

import io.carillon.loop.OnEventLoop;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands at a listening socket: when the system refuses to accept, as it does when the process has
 * no file descriptor left, it stops accepting for a second instead of trying again at once, and
 * says so at most once a minute. Waiting clients stay in the kernel's queue meanwhile.
 */
@OnEventLoop
final class AcceptGuard extends ChannelInboundHandlerAdapter {
    private static final Logger LOG = LoggerFactory.getLogger(AcceptGuard.class);
    private static final long PAUSE_MILLIS = 1_000;
    private static final long LOG_EVERY_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final String listener;
    private final LongAdder failures;
    private boolean logged;
    private long loggedAtNanos;

    AcceptGuard(String listener, LongAdder failures) {
        this.listener = listener;
        this.failures = failures;
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        failures.increment();
        context.channel().config().setAutoRead(false);
        context.executor()
                .schedule(
                        () -> context.channel().config().setAutoRead(true),
                        PAUSE_MILLIS,
                        TimeUnit.MILLISECONDS);
        long now = System.nanoTime();
        if (!logged || now - loggedAtNanos >= LOG_EVERY_NANOS) {
            logged = true;
            loggedAtNanos = now;
            LOG.warn(
                    "listener {} cannot accept connections: {}; it pauses for a second after each"
                            + " failure. If files are the cause, raise the limit of open files"
                            + " (ulimit -n) or lower mqtt.maxConnections",
                    listener,
                    cause.getMessage());
        }
    }
}
