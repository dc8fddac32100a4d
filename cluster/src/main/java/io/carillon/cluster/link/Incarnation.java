package io.carillon.cluster.link;

/**
 * One start of a node. What a node held in memory is gone with it.
 *
 * @param boot the number of the start, counted on the node's disk
 * @param random drawn at the start: tells apart two starts from copies of one disk
 */
public record Incarnation(long boot, long random) {
    @Override
    public String toString() {
        return "start " + boot + " (" + Long.toHexString(random) + ")";
    }
}
