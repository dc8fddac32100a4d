package io.carillon.shard;

import org.jspecify.annotations.Nullable;

/**
 * A publication on its way to one shard of a cluster.
 *
 * @param purpose what the shard is to do with it
 * @param order its place among what its sender sends to the shard, or null if it may be lost
 */
public record Parcel(Publication publication, Purpose purpose, @Nullable Order order) {

    /** What a shard is to do with a publication. */
    public sealed interface Purpose {
        /** Its durable sessions that match get it. */
        record Matching() implements Purpose {}

        /**
         * One of its durable sessions gets it, as a member of a shared subscription.
         *
         * @param sharedFilter the group's name included
         */
        record Member(String sharedFilter) implements Purpose {}

        /** It becomes the retained message of its topic, or clears it. */
        record Retaining() implements Purpose {}
    }

    /**
     * A place in what one start of a node sends to one shard. A leader takes numbers without gaps
     * only, and sends the rest back: so nothing overtakes what has to be sent again.
     *
     * @param sender that start of the node; below 0, and like no other
     * @param number from 1, without gaps
     * @param first the first number that is not answered yet: with it begins what a new leader gets
     */
    public record Order(long sender, long number, long first) {}
}
