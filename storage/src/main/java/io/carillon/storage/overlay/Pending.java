package io.carillon.storage.overlay;

import java.util.Arrays;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The newest pending change of each key of one space. Older ones need not be kept: entries are
 * committed oldest first, so nobody can come to see what a newer change hides.
 *
 * <p>Two indexes: the keys that were put or deleted, and the ranges that were deleted, which never
 * overlap. A key that is in the first is newer than the range around it.
 */
final class Pending {

    /**
     * A key's newest change.
     *
     * @param order its number among all changes of the overlay
     * @param value null if the key was deleted
     */
    record Point(long order, byte @Nullable [] value) {}

    /** A deleted range, or what newer ones have left of it. */
    record Range(byte[] from, byte[] to, long order) {}

    private final NavigableMap<byte[], Point> points;
    private final NavigableMap<byte[], Range> ranges;

    /** Cursors that walk this very object: it must not be changed while there are any. */
    private int cursors;

    Pending() {
        points = new TreeMap<>(Arrays::compareUnsigned);
        ranges = new TreeMap<>(Arrays::compareUnsigned);
    }

    private Pending(Pending other) {
        points = new TreeMap<>(other.points);
        ranges = new TreeMap<>(other.ranges);
    }

    /** This, or a copy if a cursor walks it: what may be changed. */
    Pending forWriting() {
        return cursors == 0 ? this : new Pending(this);
    }

    void cursorOpened() {
        cursors++;
    }

    void cursorClosed() {
        cursors--;
    }

    boolean isEmpty() {
        return points.isEmpty() && ranges.isEmpty();
    }

    /** By key. */
    NavigableMap<byte[], Point> points() {
        return points;
    }

    /** The deleted range that holds the key, or null. */
    @Nullable Range rangeOver(byte[] key) {
        var floor = ranges.floorEntry(key);
        boolean holds = floor != null && Arrays.compareUnsigned(key, floor.getValue().to()) < 0;
        return holds ? floor.getValue() : null;
    }

    /** Makes a change that is newer than all others. */
    void apply(Change change, long order) {
        switch (change) {
            case Change.Put put -> points.put(put.key(), new Point(order, put.value()));
            case Change.Delete delete -> points.put(delete.key(), new Point(order, null));
            case Change.DeleteOnce delete -> points.put(delete.key(), new Point(order, null));
            case Change.DeleteRange range -> {
                points.subMap(range.from(), range.to()).clear();
                splitAt(range.from());
                splitAt(range.to());
                ranges.subMap(range.from(), range.to()).clear();
                ranges.put(range.from(), new Range(range.from(), range.to(), order));
            }
        }
    }

    /** Drops what is left of a change; newer ones, with the given order or a higher one, stay. */
    void forget(Change change, long below) {
        switch (change) {
            case Change.Put put -> forget(put.key(), below);
            case Change.Delete delete -> forget(delete.key(), below);
            case Change.DeleteOnce delete -> forget(delete.key(), below);
            case Change.DeleteRange range ->
                    ranges.subMap(range.from(), range.to())
                            .values()
                            .removeIf(each -> each.order() < below);
        }
    }

    private void forget(byte[] key, long below) {
        Point point = points.get(key);
        if (point != null && point.order() < below) {
            points.remove(key);
        }
    }

    private void splitAt(byte[] key) {
        var lower = ranges.lowerEntry(key);
        if (lower == null || Arrays.compareUnsigned(lower.getValue().to(), key) <= 0) {
            return;
        }
        Range split = lower.getValue();
        ranges.put(split.from(), new Range(split.from(), key, split.order()));
        ranges.put(key, new Range(key, split.to(), split.order()));
    }
}
