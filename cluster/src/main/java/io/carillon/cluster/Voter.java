package io.carillon.cluster;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Comparator;

/** A replica's voice in the elections of a shard: a node with the disk that holds its promises. */
public record Voter(NodeId node, DiskId disk) implements Comparable<Voter> {
    private static final Comparator<Voter> ORDER =
            Comparator.comparing(Voter::node).thenComparing(Voter::disk);

    /** Appends it: the name with its length, the disk. */
    public void writeTo(DataOutput out) throws IOException {
        out.writeUTF(node.name());
        disk.writeTo(out);
    }

    /**
     * Reads what {@link #writeTo} wrote.
     *
     * @throws IllegalArgumentException if the name is none
     */
    public static Voter readFrom(DataInput in) throws IOException {
        return new Voter(new NodeId(in.readUTF()), DiskId.readFrom(in));
    }

    @Override
    public int compareTo(Voter other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return node + " (disk " + disk + ")";
    }
}
