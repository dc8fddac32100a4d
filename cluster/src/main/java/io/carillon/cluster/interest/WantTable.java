package io.carillon.cluster.interest;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one owner wants, in the order of the strings' hashes: an open table in which the hash's
 * place among all hashes is its place in the table. So the strings of a {@link Range} lie side by
 * side, and the digest of any range is one walk over neighbours, without a tree kept for it.
 *
 * <p>A string takes its hash and a reference, 12 bytes, and a table is filled by a half to three
 * quarters: 16 to 24 bytes. The strings themselves are the caller's. One thread.
 */
final class WantTable {
    private static final int CAPACITY_MIN = 16;
    private static final int STRINGS_MAX = 1 << 29;

    /** Places behind the last home, so that nothing has to wrap around; more when they are full. */
    private static final int TAIL = 48;

    private int capacity;
    private long[] hashes;

    /** A {@code String} where there are no attributes, a {@code Change.Add} where there are. */
    private @Nullable Object[] slots;

    private int size;
    private long high;
    private long low;

    WantTable() {
        capacity = CAPACITY_MIN;
        hashes = new long[CAPACITY_MIN + TAIL];
        slots = new @Nullable Object[CAPACITY_MIN + TAIL];
    }

    int size() {
        return size;
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** Heap that the table takes, without the strings and attributes; in bytes, roughly. */
    long bytes() {
        return 12L * slots.length;
    }

    Digest digest() {
        return new Digest(size, high, low);
    }

    boolean contains(long hash, String string) {
        return find(hash, string) >= 0;
    }

    /**
     * False if the string was there with the same attributes; a new instance doesn't replace it.
     */
    boolean put(long hash, String string, Attributes attributes) {
        int at = find(hash, string);
        if (at >= 0) {
            Change.Add old = wantAt(at);
            if (old.attributes().equals(attributes)) {
                return false;
            }
            count(at, -1);
            slots[at] = slot(old.string(), attributes);
            count(at, 1);
            return true;
        }
        if (size + 1 > capacity / 4 * 3) {
            rebuild(capacity + capacity / 2);
        }
        insert(hash, slot(string, attributes));
        return true;
    }

    /** False if the string wasn't there. */
    boolean remove(long hash, String string) {
        int hole = find(hash, string);
        if (hole < 0) {
            return false;
        }
        count(hole, -1);
        for (int i = hole + 1; i < slots.length && slots[i] != null; i++) {
            if (home(hashes[i]) <= hole) {
                hashes[hole] = hashes[i];
                slots[hole] = slots[i];
                hole = i;
            }
        }
        slots[hole] = null;
        return true;
    }

    /**
     * Makes room for so many strings in all. Necessary before many come in the order of their
     * hashes: a table that grows meanwhile has them crowd in its first part.
     */
    void reserve(long strings) {
        if (strings > STRINGS_MAX) {
            throw new MalformedMessage(strings + " strings are too many");
        }
        if (strings > capacity / 4 * 3) {
            rebuild((int) (strings / 3 * 4) + 4);
        }
    }

    /**
     * Gives back room that has become far too large. Not done as strings go, since they may go in
     * the order of their hashes, too.
     */
    void trim() {
        if (capacity > CAPACITY_MIN && size < capacity / 4) {
            rebuild(Math.max(CAPACITY_MIN, size * 2));
        }
    }

    /** The digest of a range, by a walk over it. */
    Digest digest(Range range) {
        return range.bits() == 0 ? digest() : digests(range, 0)[0];
    }

    /** The digests of the parts that a range has with a prefix longer by so many bits. */
    Digest[] digests(Range range, int moreBits) {
        int parts = 1 << moreBits;
        long[] counts = new long[parts];
        long[] highs = new long[parts];
        long[] lows = new long[parts];
        for (int i = first(range); i >= 0; i = next(range, i)) {
            int part = moreBits == 0 ? 0 : range.partOf(hashes[i], moreBits);
            long fingerprint = fingerprint(i);
            counts[part]++;
            highs[part] += Digest.highOf(fingerprint);
            lows[part] += Digest.lowOf(fingerprint);
        }
        Digest[] digests = new Digest[parts];
        Arrays.setAll(digests, i -> new Digest(counts[i], highs[i], lows[i]));
        return digests;
    }

    /** What is wanted in a range, in no order. */
    List<Change.Add> wants(Range range) {
        List<Change.Add> wants = new ArrayList<>();
        for (int i = first(range); i >= 0; i = next(range, i)) {
            wants.add(wantAt(i));
        }
        return wants;
    }

    /** The place of a string of the range, or -1. */
    private int first(Range range) {
        return seek(range, home(range.start()));
    }

    private int next(Range range, int at) {
        return seek(range, at + 1);
    }

    private int seek(Range range, int from) {
        int lastHome = home(range.last());
        for (int i = from; i < slots.length; i++) {
            if (slots[i] == null) {
                if (i >= lastHome) {
                    return -1; // whoever lives further down was not pushed past a free place
                }
            } else if (range.contains(hashes[i])) {
                return i;
            }
        }
        return -1;
    }

    private int find(long hash, String string) {
        for (int i = home(hash); i < slots.length && slots[i] != null; i++) {
            if (hashes[i] == hash && stringAt(i).equals(string)) {
                return i;
            }
        }
        return -1;
    }

    private void insert(long hash, Object slot) {
        int at = home(hash);
        while (at < slots.length && slots[at] != null) {
            at++;
        }
        if (at == slots.length) {
            hashes = Arrays.copyOf(hashes, at + at / 8 + TAIL);
            slots = Arrays.copyOf(slots, hashes.length);
        }
        hashes[at] = hash;
        slots[at] = slot;
        count(at, 1);
    }

    /** Moves all to a table of another size: a walk along both, since both are in hash order. */
    private void rebuild(int newCapacity) {
        long[] oldHashes = hashes;
        @Nullable Object[] oldSlots = slots;
        capacity = newCapacity;
        hashes = new long[newCapacity + TAIL];
        slots = new @Nullable Object[newCapacity + TAIL];
        size = 0;
        high = 0;
        low = 0;
        for (int i = 0; i < oldSlots.length; i++) {
            Object slot = oldSlots[i];
            if (slot != null) {
                insert(oldHashes[i], slot);
            }
        }
    }

    /** Grows with the hash, unsigned. */
    private int home(long hash) {
        return (int) Math.unsignedMultiplyHigh(hash, capacity);
    }

    private void count(int at, int sign) {
        long fingerprint = fingerprint(at);
        size += sign;
        high += sign * Digest.highOf(fingerprint);
        low += sign * Digest.lowOf(fingerprint);
    }

    private long fingerprint(int at) {
        return slots[at] instanceof Change.Add want
                ? hashes[at] ^ want.attributes().fingerprint()
                : hashes[at];
    }

    private Change.Add wantAt(int at) {
        return slots[at] instanceof Change.Add want
                ? want
                : new Change.Add(stringAt(at), Attributes.NONE);
    }

    private String stringAt(int at) {
        return switch (slots[at]) {
            case String string -> string;
            case Change.Add want -> want.string();
            case null, default ->
                    throw new IllegalStateException("nothing at place " + at + " of the table");
        };
    }

    private static Object slot(String string, Attributes attributes) {
        return attributes.isEmpty() ? string : new Change.Add(string, attributes);
    }
}
