package io.carillon.cluster.link.grpc;

import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.slf4j.LoggerFactory;

/**
 * What gRPC says of connections that never became one: a wrong certificate, or somebody who speaks
 * another protocol. It would print a stack trace for each; this says it in a line, now and then.
 */
final class TransportLog extends Handler {
    private static final org.slf4j.Logger LOG = LoggerFactory.getLogger(TransportLog.class);
    private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(10);

    /** Kept here: loggers that nobody holds are forgotten, and their handlers with them. */
    private static final Logger SOURCE =
            Logger.getLogger("io.grpc.netty.NettyServerTransport.connections");

    private boolean said;
    private long saidNanos;
    private long unsaid;

    TransportLog() {}

    /** Once for the process. */
    static synchronized void install() {
        if (SOURCE.getUseParentHandlers()) {
            SOURCE.setUseParentHandlers(false);
            SOURCE.addHandler(new TransportLog());
        }
    }

    @Override
    public synchronized void publish(LogRecord entry) {
        Throwable cause = entry.getThrown();
        if (cause == null) {
            return;
        }
        long now = System.nanoTime();
        if (said && now - saidNanos < PAUSE_NANOS) {
            unsaid++;
            return;
        }
        LOG.warn(
                "somebody who dialled cluster.peerBind was not understood ({} more since the last"
                        + " line): {}",
                unsaid,
                WireEnd.innermost(cause));
        said = true;
        saidNanos = now;
        unsaid = 0;
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
}
