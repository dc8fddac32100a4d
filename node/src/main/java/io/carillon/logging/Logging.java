package io.carillon.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import io.carillon.config.LogConfig;
import java.util.List;
import org.slf4j.LoggerFactory;

/** The log of this process. Any thread. */
public final class Logging implements AutoCloseable {
    /** Warn of what we want, or of what is tried again by itself. */
    private static final List<String> WARN_OF_NOTHING =
            List.of(
                    // Java's modules are closed to it, which costs nothing that could be measured.
                    "com.hazelcast.instance.impl.HazelcastInstanceFactory",
                    "com.hazelcast.spi.impl.operationexecutor.slowoperationdetector"
                            + ".SlowOperationDetector",
                    // Whoever is not let in, our doorkeeper says why.
                    "com.hazelcast.internal.server.tcp.TcpServerAcceptor",
                    // A member came or went while listeners were registered at all members.
                    "com.hazelcast.spi.impl.eventservice.impl.operations.RegistrationOperation");

    private final LoggerContext context;
    private final LineQueue queue;

    private Logging(LoggerContext context, LineQueue queue) {
        this.context = context;
        this.queue = queue;
    }

    /** Sets the log up as configured; what was set up before is replaced. */
    public static Logging start(LogConfig config) {
        return start((LoggerContext) LoggerFactory.getILoggerFactory(), config);
    }

    static Logging start(LoggerContext context, LogConfig config) {
        context.reset();
        Encoder<ILoggingEvent> encoder = new LineEncoder(config.format());
        encoder.setContext(context);
        encoder.start();
        ConsoleAppender<ILoggingEvent> console = new ConsoleAppender<>();
        console.setContext(context);
        console.setEncoder(encoder);
        console.start();
        LineQueue queue = new LineQueue(System::nanoTime);
        queue.setContext(context);
        queue.addAppender(console);
        queue.start();

        Level level = Level.toLevel(config.level().name());
        var root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        // The details of libraries would bury our own.
        root.setLevel(atLeast(Level.INFO, level));
        // What these say of a node that comes, goes or is slow, we say in our own words.
        Level hazelcast = level.isGreaterOrEqual(Level.INFO) ? Level.WARN : Level.INFO;
        context.getLogger("com.hazelcast").setLevel(atLeast(hazelcast, level));
        context.getLogger("io.microraft").setLevel(Level.ERROR);
        WARN_OF_NOTHING.forEach(logger -> context.getLogger(logger).setLevel(Level.ERROR));
        root.addAppender(queue);
        context.getLogger("io.carillon").setLevel(level);
        return new Logging(context, queue);
    }

    private static Level atLeast(Level least, Level level) {
        return level.isGreaterOrEqual(least) ? level : least;
    }

    /** Lines that were left out because the reader of standard output is too slow. */
    public long lost() {
        return queue.lost();
    }

    /** Writes what waits, then ends the log. May block for a second. */
    @Override
    public void close() {
        context.stop();
    }
}
