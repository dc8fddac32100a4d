package io.carillon.shard;

import java.util.Map;
import java.util.TreeMap;

/** A set of places of a queue, kept as ranges: they come and go nearly in order. */
final class Places {
    private final TreeMap<Long, Long> ends = new TreeMap<>();

    /** Takes back what {@link #ranges} gave. */
    static Places of(long[] ranges) {
        Places places = new Places();
        for (int i = 0; i < ranges.length; i += 2) {
            places.ends.put(ranges[i], ranges[i + 1]);
        }
        return places;
    }

    boolean isEmpty() {
        return ends.isEmpty();
    }

    boolean contains(long place) {
        Map.Entry<Long, Long> range = ends.isEmpty() ? null : ends.floorEntry(place);
        return range != null && place < range.getValue();
    }

    void add(long place) {
        long from = place;
        long end = place + 1;
        Map.Entry<Long, Long> before = ends.floorEntry(place);
        if (before != null && before.getValue() >= place) {
            from = before.getKey();
            end = Math.max(end, before.getValue());
        }
        Long behind = ends.remove(end);
        ends.put(from, behind == null ? end : behind);
    }

    void remove(long place) {
        Map.Entry<Long, Long> range = ends.isEmpty() ? null : ends.floorEntry(place);
        if (range == null || place >= range.getValue()) {
            return;
        }
        long from = range.getKey();
        long end = range.getValue();
        if (from < place) {
            ends.put(from, place);
        } else {
            ends.remove(from);
        }
        if (place + 1 < end) {
            ends.put(place + 1, end);
        }
    }

    /** Takes out the range that begins there, if one does; returns its end, or the place itself. */
    long takeFrom(long place) {
        if (ends.isEmpty()) {
            return place;
        }
        Long end = ends.remove(place);
        return end == null ? place : end;
    }

    /** How many there are from one place up to but without another. */
    int count(long from, long to) {
        if (ends.isEmpty()) {
            return 0;
        }
        Long first = ends.floorKey(from);
        long sum = 0;
        for (Map.Entry<Long, Long> range :
                ends.subMap(first == null ? from : first, to).entrySet()) {
            sum += Math.max(0, Math.min(range.getValue(), to) - Math.max(range.getKey(), from));
        }
        return (int) sum;
    }

    /** The place behind the last one, or 0. */
    long end() {
        return ends.isEmpty() ? 0 : ends.lastEntry().getValue();
    }

    /** The first place of each range and the one behind its last, upwards. */
    long[] ranges() {
        long[] ranges = new long[2 * ends.size()];
        int at = 0;
        for (Map.Entry<Long, Long> range : ends.entrySet()) {
            ranges[at++] = range.getKey();
            ranges[at++] = range.getValue();
        }
        return ranges;
    }
}
