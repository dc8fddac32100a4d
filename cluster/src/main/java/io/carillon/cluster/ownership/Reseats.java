package io.carillon.cluster.ownership;

import java.util.concurrent.CompletionStage;

/** Gives shards other voters; what {@link ReseatRounds} ask of the shards' log. */
@FunctionalInterface
public interface Reseats {

    /**
     * Begins to give a shard that this node leads the voters of the move, or some on the way to
     * them. Completes, on any thread, once the next generation is in force; exceptionally, with a
     * reason for people, if nothing is known to have come of it. Never blocks; bounded in time by
     * whoever implements it.
     */
    CompletionStage<Void> begin(Reseating move);
}
