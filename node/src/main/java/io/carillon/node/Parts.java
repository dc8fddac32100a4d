package io.carillon.node;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What has been started, last first: closed in the opposite order of its start. A part that fails
 * to close is logged and does not keep the others open. One thread at a time.
 */
final class Parts implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Parts.class);

    private record Part(String name, AutoCloseable closing) {}

    private final Deque<Part> parts = new ArrayDeque<>();

    /** Adds a part and returns it. */
    <T extends AutoCloseable> T add(String name, T part) {
        parts.push(new Part(name, part));
        return part;
    }

    /** Closes all parts; a second call finds none. */
    @Override
    public void close() {
        while (!parts.isEmpty()) {
            Part part = parts.pop();
            try {
                part.closing().close();
                LOG.debug("closed: {}", part.name());
            } catch (Exception e) {
                LOG.error("{} did not close in good order", part.name(), e);
            }
        }
    }
}
