package io.carillon.cluster;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Comparator;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/**
 * A node's data directory, by a number that was drawn when it was made. A node that comes back with
 * another one has forgotten what it promised: it is a new node under an old name.
 */
public record DiskId(long high, long low) implements Comparable<DiskId> {
    private static final Pattern TEXT = Pattern.compile("[0-9a-f]{32}");
    private static final int HALF = 16;
    private static final Comparator<DiskId> ORDER =
            Comparator.comparingLong(DiskId::high).thenComparingLong(DiskId::low);

    /** A new one. */
    public static DiskId random(RandomGenerator random) {
        return new DiskId(random.nextLong(), random.nextLong());
    }

    /**
     * Reads what {@link #toString} made.
     *
     * @throws IllegalArgumentException if it is not 32 digits of base 16
     */
    public static DiskId parse(String text) {
        if (!TEXT.matcher(text).matches()) {
            throw new IllegalArgumentException("not the number of a disk: '" + text + "'");
        }
        return new DiskId(
                Long.parseUnsignedLong(text, 0, HALF, 16),
                Long.parseUnsignedLong(text, HALF, 2 * HALF, 16));
    }

    /** Appends it, 16 bytes. */
    public void writeTo(DataOutput out) throws IOException {
        out.writeLong(high);
        out.writeLong(low);
    }

    public static DiskId readFrom(DataInput in) throws IOException {
        return new DiskId(in.readLong(), in.readLong());
    }

    @Override
    public int compareTo(DiskId other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return "%016x%016x".formatted(high, low);
    }
}
