package io.carillon.cluster;

/**
 * One start of a node. What a node held in memory is gone with it.
 *
 * @param disk its data directory; a node with another one has forgotten what it promised
 * @param boot the number of the start, counted on that disk from 1
 * @param random drawn at the start: tells apart two starts from copies of one disk
 */
public record Incarnation(DiskId disk, long boot, long random) {
    @Override
    public String toString() {
        return "start " + boot + " (" + Long.toHexString(random) + ")";
    }
}
