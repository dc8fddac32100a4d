package io.carillon.cluster;

/**
 * One of a fixed number of parts of all durable state.
 *
 * @param number from 0, at most 65,535
 */
public record ShardId(int number) {
    @Override
    public String toString() {
        return "shard " + number;
    }
}
