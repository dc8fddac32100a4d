package io.carillon.storage.overlay;

import io.carillon.storage.Cursor;
import io.carillon.storage.Space;
import io.carillon.storage.StoreView;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A store below with a queue of entries over it that are not written there yet: reads see all of
 * them, the newest change of a key wins.
 *
 * <p>{@link #commit} drops the oldest entry, once it is written below. The store may be ahead: it
 * may hold the oldest entries, in their order, before they are committed here; reads are the same.
 *
 * <p>A cursor keeps to the moment of its opening, whatever is appended, committed, discarded or
 * written below meanwhile. Held open over a change of its space it costs one copy of that space's
 * index; closed before, as cursors should be, nothing.
 *
 * <p>A look-up costs the logarithm of the number of pending keys, and nothing where nothing is
 * pending. Memory is the pending entries' bytes and some 100 bytes for each change; whoever appends
 * bounds that by {@link #pendingBytes}. One thread.
 */
public final class Overlay implements StoreView {

    /** An entry and the order of the first change that is newer. */
    private record Entry(Changes changes, long end) {}

    private final StoreView below;
    private final Map<Space, Pending> spaces = new HashMap<>();
    private final ArrayDeque<Entry> entries = new ArrayDeque<>();
    private long changes;
    private long pendingBytes;

    public Overlay(StoreView below) {
        this.below = below;
    }

    /** The newest value of the key, or null; the caller's own copy. */
    @Override
    public byte @Nullable [] get(Space space, byte[] key) {
        Pending pending = spaces.get(space);
        if (pending == null || pending.isEmpty()) {
            return below.get(space, key);
        }
        Pending.Point point = pending.points().get(key);
        if (point != null) {
            byte[] value = point.value();
            return value == null ? null : value.clone();
        }
        return pending.rangeOver(key) == null ? below.get(space, key) : null;
    }

    @Override
    public Cursor cursor(Space space) {
        Pending pending = spaces.get(space);
        Cursor cursor = below.cursor(space);
        return pending == null || pending.isEmpty() ? cursor : new OverlayCursor(cursor, pending);
    }

    /** Makes the changes of the newest entry readable. */
    public void append(Changes entry) {
        for (Change change : entry.list()) {
            forWriting(change.space()).apply(change, changes++);
        }
        entries.add(new Entry(entry, changes));
        pendingBytes += entry.sizeBytes();
    }

    /**
     * The oldest entry is in the store below: it leaves the overlay.
     *
     * @throws IllegalStateException if there is none
     */
    public void commit() {
        Entry oldest = entries.poll();
        if (oldest == null) {
            throw new IllegalStateException("no entry is pending");
        }
        pendingBytes -= oldest.changes().sizeBytes();
        for (Change change : oldest.changes().list()) {
            forWriting(change.space()).forget(change, oldest.end());
        }
    }

    /** Drops all entries: what is read from here on is the store below. */
    public void discard() {
        entries.clear();
        spaces.clear();
        pendingBytes = 0;
    }

    /** Entries that are appended and not committed. */
    public int pendingEntries() {
        return entries.size();
    }

    /** Bytes of the keys and values of all pending entries, exactly. */
    public long pendingBytes() {
        return pendingBytes;
    }

    private Pending forWriting(Space space) {
        Pending known = spaces.get(space);
        Pending pending = known == null ? new Pending() : known.forWriting();
        if (pending != known) {
            spaces.put(space, pending);
        }
        return pending;
    }
}
