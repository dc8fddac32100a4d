package io.carillon.cluster.membership;

/**
 * One start of a node on one disk.
 *
 * @param disk names the data directory: made with it, and gone with it
 * @param boot which start of that directory it is, from 1
 */
public record Incarnation(String disk, long boot) {
    public Incarnation {
        if (disk.isBlank()) {
            throw new IllegalArgumentException("a data directory without a name");
        }
    }

    @Override
    public String toString() {
        return "boot " + boot + " of disk " + disk;
    }
}
