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
    private @Nullable Large current;

    /** It ends without ado, and can show what its processes printed last. */
    public interface Large extends AutoCloseable {
        String outputs();

        @Override
        void close();
    }

    /** That of the whole run. */
    public static OneAtATime of(ExtensionContext context) {
        return context.getRoot()
                .getStore(ExtensionContext.Namespace.create(OneAtATime.class))
                .computeIfAbsent(OneAtATime.class, _ -> new OneAtATime(), OneAtATime.class);
    }

    /** The current one if it is of that kind, else a new one. */
    public synchronized <T extends Large> T take(String wanted, Class<T> type, Supplier<T> maker) {
        Large there = current;
        if (there != null && wanted.equals(kind)) {
            return type.cast(there);
        }
        close();
        T made = maker.get();
        kind = wanted;
        current = made;
        return made;
    }

    /** A test has failed on it: shows its outputs, and the next who wants it gets a new one. */
    public synchronized void failed(String test) {
        Large there = current;
        if (there != null) {
            System.err.println(test + " failed:\n" + there.outputs());
        }
        kind = "";
    }

    /** Ends the current one. */
    @Override
    public synchronized void close() {
        Large there = current;
        current = null;
        if (there != null) {
            there.close();
        }
    }
}
