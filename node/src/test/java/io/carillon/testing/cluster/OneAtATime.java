package io.carillon.testing.cluster;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * What is too large to be there twice: tests that want the same one after another share it, and who
 * wants another ends it. The last one ends with the run of tests. Any thread.
 */
public final class OneAtATime implements AutoCloseable {
    private String kind = "";
    private @Nullable AutoCloseable current;

    /** That of the whole run. */
    public static OneAtATime of(ExtensionContext context) {
        return context.getRoot()
                .getStore(ExtensionContext.Namespace.create(OneAtATime.class))
                .computeIfAbsent(OneAtATime.class, _ -> new OneAtATime(), OneAtATime.class);
    }

    /** The current one if it is of that kind, else a new one. */
    public synchronized <T extends AutoCloseable> T take(
            String wanted, Class<T> type, Supplier<T> maker) {
        AutoCloseable there = current;
        if (there != null && wanted.equals(kind)) {
            return type.cast(there);
        }
        close();
        T made = maker.get();
        kind = wanted;
        current = made;
        return made;
    }

    /** Ends the current one: the next who wants it gets a new one. */
    @Override
    public synchronized void close() {
        AutoCloseable there = current;
        current = null;
        if (there != null) {
            try {
                there.close();
            } catch (Exception e) {
                throw new AssertionError("cannot end it: " + kind, e);
            }
        }
    }
}
