package io.carillon.cluster.ownership;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.UUID;

/**
 * A node's data directory, by a number that was drawn when it was made. A node that comes back with
 * another one has forgotten what it promised: it is a new node under an old name.
 */
public record DiskId(UUID uuid) implements Comparable<DiskId> {

    /** Appends it, 16 bytes. */
    public void writeTo(DataOutput out) throws IOException {
        out.writeLong(uuid.getMostSignificantBits());
        out.writeLong(uuid.getLeastSignificantBits());
    }

    public static DiskId readFrom(DataInput in) throws IOException {
        return new DiskId(new UUID(in.readLong(), in.readLong()));
    }

    @Override
    public int compareTo(DiskId other) {
        return uuid.compareTo(other.uuid);
    }

    @Override
    public String toString() {
        return uuid.toString();
    }
}
