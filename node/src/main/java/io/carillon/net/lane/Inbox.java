package io.carillon.net.lane;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What other threads have for a loop: they push, the loop takes all at once. What one thread pushes
 * comes out in its order. Each entry carries the bytes of all below it, so that the sum is known
 * without a second counter. No lock; bounded by those who push, who look at {@link #bytes}.
 */
final class Inbox<T> {
    private static final class Entry<T> {
        final T item;
        long bytes;
        @Nullable Entry<T> next;

        Entry(T item) {
            this.item = item;
        }
    }

    private final AtomicReference<@Nullable Entry<T>> top = new AtomicReference<>();

    /** Adds an item; returns true if there was none: then the loop has to be woken. Any thread. */
    boolean push(T item, int bytes) {
        Entry<T> entry = new Entry<>(item);
        Entry<T> below;
        do {
            below = top.get();
            entry.next = below;
            entry.bytes = (below == null ? 0 : below.bytes) + bytes;
        } while (!top.compareAndSet(below, entry));
        return below == null;
    }

    /** Takes out all items, in order. On the loop. */
    void drain(Consumer<T> action) {
        Entry<T> entry = reversed(top.getAndSet(null));
        while (entry != null) {
            action.accept(entry.item);
            entry = entry.next;
        }
    }

    boolean isEmpty() {
        return top.get() == null;
    }

    /** The bytes of all items that wait. Any thread. */
    long bytes() {
        Entry<T> entry = top.get();
        return entry == null ? 0 : entry.bytes;
    }

    private static <T> @Nullable Entry<T> reversed(@Nullable Entry<T> top) {
        Entry<T> reversed = null;
        Entry<T> entry = top;
        while (entry != null) {
            Entry<T> below = entry.next;
            entry.next = reversed;
            reversed = entry;
            entry = below;
        }
        return reversed;
    }
}
