package io.carillon.cluster.ownership;

import java.util.concurrent.CompletionStage;

/** Moves leaderships; what a drain asks of the shards' log. */
@FunctionalInterface
public interface Transfers {

    /**
     * Hands a shard that this node leads to a follower. Completes, on any thread, once the follower
     * leads; exceptionally, with a reason for people, if it does not and this node may go on. Never
     * blocks; bounded in time by whoever implements it.
     */
    CompletionStage<Void> begin(Transfer transfer);
}
