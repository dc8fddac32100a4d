package io.carillon.cluster.link.grpc;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.LoggerFactory;

/** What nodes log about links. */
final class RefusalTexts extends AppenderBase<ILoggingEvent> implements AutoCloseable {
    private final Logger logger = (Logger) LoggerFactory.getLogger("io.carillon.cluster.link");
    private final BlockingQueue<String> texts = new LinkedBlockingQueue<>();

    RefusalTexts() {
        start();
        logger.addAppender(this);
        logger.setAdditive(false); // expected, so not shown
        logger.setLevel(Level.INFO);
    }

    /** The next line that says so. */
    String next() throws InterruptedException {
        return next("refuse");
    }

    /** The next line that has the word in it. */
    String next(String word) throws InterruptedException {
        String text;
        do {
            text = texts.poll(GrpcNode.WAIT_SECONDS, TimeUnit.SECONDS);
        } while (text != null && !text.contains(word));
        return text;
    }

    int waiting() {
        return texts.size();
    }

    @Override
    public void close() {
        logger.detachAppender(this);
        logger.setAdditive(true);
        logger.setLevel(Level.OFF);
        stop();
    }

    @Override
    protected void append(ILoggingEvent event) {
        texts.add(event.getFormattedMessage());
    }
}
