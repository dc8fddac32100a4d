package io.carillon.logging;

import ch.qos.logback.classic.AsyncAppender;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.slf4j.event.KeyValuePair;

/**
 * Lines that wait to be written by a thread of their own. Holds 8,192; when it is full, further
 * ones are left out and counted. Lines of one kind, that is of one message before its values are
 * put in, are limited to so many a second; how many were left out stands in the next one.
 */
final class LineQueue extends AsyncAppender {
    private static final int LINES_MAX = 8_192;
    private static final int FLUSH_MILLIS_MAX = 1_000;

    private final LineBudget budget;
    private final LongAdder lost = new LongAdder();

    LineQueue(LongSupplier nanos) {
        budget = new LineBudget(nanos);
        setQueueSize(LINES_MAX);
        setDiscardingThreshold(0);
        setNeverBlock(true);
        setMaxFlushTime(FLUSH_MILLIS_MAX);
    }

    long lost() {
        return lost.sum();
    }

    @Override
    protected void append(ILoggingEvent event) {
        // Whoever asks for details wants all of them.
        boolean limited = event.getLevel().isGreaterOrEqual(Level.INFO);
        long leftOut = limited ? budget.take(event.getMessage()) : 0;
        if (leftOut == LineBudget.REFUSED) {
            return;
        }
        if (getRemainingCapacity() == 0) {
            lost.increment();
            return;
        }
        if (leftOut > 0 && event instanceof LoggingEvent line) {
            line.addKeyValuePair(new KeyValuePair("leftOutBefore", leftOut));
        }
        super.append(event);
    }
}
