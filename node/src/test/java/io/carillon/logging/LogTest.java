package io.carillon.logging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.carillon.config.LogConfig;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.slf4j.event.KeyValuePair;

/** Lines as they leave, and how many. */
final class LogTest {
    private final LoggerContext context = new LoggerContext();

    @Test
    void textHasOneLinePerEvent() {
        assertEquals(
                "2026-11-21T10:00:00.123Z WARN  [io-1] Wire: client a?b refused\n",
                line(LogConfig.Format.TEXT, event("client {} refused", "a\nb")));
    }

    @Test
    void textHasTheStackTraceBelow() {
        LoggingEvent event = event("failed");
        event.setThrowableProxy(
                new ch.qos.logback.classic.spi.ThrowableProxy(new IllegalStateException("why")));
        String text = line(LogConfig.Format.TEXT, event);
        assertTrue(text.contains(": failed\njava.lang.IllegalStateException: why\n\tat "), text);
    }

    @Test
    void jsonIsOneObjectPerLine() {
        LoggingEvent event = event("client {} refused", "a\"\n\\\u0001\ud800é");
        event.addKeyValuePair(new KeyValuePair("leftOutBefore", 7L));
        assertEquals(
                "{\"time\":\"2026-11-21T10:00:00.123Z\",\"level\":\"WARN\",\"thread\":\"io-1\","
                        + "\"logger\":\"io.carillon.net.Wire\","
                        + "\"message\":\"client a\\\"\\n\\\\\\u0001\\ud800é refused\","
                        + "\"leftOutBefore\":\"7\"}\n",
                line(LogConfig.Format.JSON, event));
    }

    @Test
    void librariesTellNoDetails() {
        try (Logging _ =
                Logging.start(
                        context, new LogConfig(LogConfig.Format.TEXT, LogConfig.Level.TRACE))) {
            assertTrue(context.getLogger("io.carillon.net").isTraceEnabled());
            assertFalse(context.getLogger("io.netty").isDebugEnabled());
            assertTrue(context.getLogger("io.netty").isInfoEnabled());
        }
        try (Logging _ =
                Logging.start(
                        context, new LogConfig(LogConfig.Format.TEXT, LogConfig.Level.ERROR))) {
            assertFalse(context.getLogger("io.netty").isWarnEnabled());
        }
    }

    @Test
    void theClustersLibrariesTellOnlyWhatIsWrong() {
        try (Logging _ =
                Logging.start(
                        context, new LogConfig(LogConfig.Format.TEXT, LogConfig.Level.INFO))) {
            assertFalse(context.getLogger("com.hazelcast.core").isInfoEnabled());
            assertTrue(context.getLogger("com.hazelcast.core").isWarnEnabled());
            assertFalse(context.getLogger("io.microraft.impl").isWarnEnabled());
        }
        try (Logging _ =
                Logging.start(
                        context, new LogConfig(LogConfig.Format.TEXT, LogConfig.Level.DEBUG))) {
            assertTrue(context.getLogger("com.hazelcast.core").isInfoEnabled());
        }
        try (Logging _ =
                Logging.start(
                        context, new LogConfig(LogConfig.Format.TEXT, LogConfig.Level.ERROR))) {
            assertFalse(context.getLogger("com.hazelcast.core").isWarnEnabled());
        }
    }

    /** Nothing but our own set-up is used, even before the configuration is read. */
    @Test
    void isSetUpBeforeTheConfigurationIsRead() {
        LoggerContext own = (LoggerContext) LoggerFactory.getILoggerFactory();
        List<Object> appenders = new ArrayList<>();
        own.getLogger("ROOT").iteratorForAppenders().forEachRemaining(appenders::add);
        assertEquals(
                List.of(LineQueue.class),
                appenders.stream().<Object>map(Object::getClass).toList());
        assertEquals(Level.INFO, own.getLogger("ROOT").getLevel());
    }

    @Test
    void aKindOfLineHasABudgetPerSecond() {
        long[] now = {0};
        LineBudget budget = new LineBudget(() -> now[0]);
        for (int i = 0; i < LineBudget.PER_SECOND_MAX; i++) {
            assertEquals(0, budget.take("a"));
        }
        assertEquals(LineBudget.REFUSED, budget.take("a"));
        assertEquals(LineBudget.REFUSED, budget.take("a"));
        assertEquals(0, budget.take("b"), "another kind");
        now[0] = 1_000_000_000;
        assertEquals(2, budget.take("a"), "the two that were left out");
        assertEquals(0, budget.take("a"));
    }

    @Test
    void kindsPastTheBoundShareOneBudget() {
        LineBudget budget = new LineBudget(() -> 0);
        int taken = 0;
        for (int i = 0; i < LineBudget.KINDS_MAX + 100; i++) {
            taken += budget.take("kind " + i) == LineBudget.REFUSED ? 0 : 1;
        }
        assertEquals(LineBudget.KINDS_MAX + LineBudget.PER_SECOND_MAX, taken);
    }

    @Test
    void theQueueNamesHowManyItLeftOut() {
        long[] now = {0};
        List<ILoggingEvent> written = new ArrayList<>();
        LineQueue queue = queue(now, written);
        for (int i = 0; i < 30; i++) {
            queue.doAppend(event("client {} refused", i));
        }
        now[0] = 1_000_000_000;
        queue.doAppend(event("client {} refused", 30));
        queue.stop();
        assertEquals(21, written.size());
        KeyValuePair pair = written.getLast().getKeyValuePairs().getFirst();
        assertEquals("leftOutBefore=10", pair.key + "=" + pair.value);
        assertEquals(0, queue.lost());
    }

    @Test
    void detailsHaveNoBudget() {
        List<ILoggingEvent> written = new ArrayList<>();
        LineQueue queue = queue(new long[1], written);
        for (int i = 0; i < 30; i++) {
            queue.doAppend(event(Level.DEBUG, "x"));
        }
        queue.stop();
        assertEquals(30, written.size());
    }

    private LineQueue queue(long[] now, List<ILoggingEvent> written) {
        AppenderBase<ILoggingEvent> sink =
                new AppenderBase<>() {
                    @Override
                    protected void append(ILoggingEvent event) {
                        written.add(event);
                    }
                };
        sink.setContext(context);
        sink.start();
        LineQueue queue = new LineQueue(() -> now[0]);
        queue.setContext(context);
        queue.addAppender(sink);
        queue.start();
        return queue;
    }

    private static String line(LogConfig.Format format, ILoggingEvent event) {
        return new String(new LineEncoder(format).encode(event), StandardCharsets.UTF_8);
    }

    private LoggingEvent event(String message, Object... values) {
        return event(Level.WARN, message, values);
    }

    private LoggingEvent event(Level level, String message, Object... values) {
        LoggingEvent event = new LoggingEvent();
        event.setLoggerContext(context);
        event.setLoggerName("io.carillon.net.Wire");
        event.setLevel(level);
        event.setThreadName("io-1");
        event.setMessage(message);
        event.setArgumentArray(values);
        event.setInstant(Instant.parse("2026-11-21T10:00:00.123Z"));
        event.setMDCPropertyMap(Map.of());
        return event;
    }
}
