package io.carillon.node.cluster;

import io.carillon.cluster.ownership.intent.Intention;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads {@link Requests} on a thread of its own, one reading at a time, since a disk may hang. What
 * can't be read is told in the log, and asks for nothing new. Any thread.
 */
final class RequestReader implements Inquiry {
    private static final Logger LOG = LoggerFactory.getLogger(RequestReader.class);

    private final Requests requests;
    private final AtomicBoolean reading = new AtomicBoolean();
    private volatile String problem = "";

    RequestReader(Requests requests) {
        this.requests = requests;
    }

    @Override
    public void ask(Consumer<Intention> answer) {
        if (reading.compareAndSet(false, true)) {
            Thread.ofVirtual().name("requests").start(() -> read(answer));
        }
    }

    private void read(Consumer<Intention> answer) {
        try {
            answer.accept(requests.read());
            problem = "";
        } catch (IOException e) {
            String now = e.toString();
            if (!now.equals(problem)) {
                problem = now;
                LOG.error("what is asked for here is not known: {}", now);
            }
        } finally {
            reading.set(false);
        }
    }
}
