package io.carillon.shard;

import io.carillon.topic.Targets;
import org.jspecify.annotations.Nullable;

/**
 * A loop that owns subscribers, as the router sees it: an event loop with its transient sessions,
 * or a shard with its durable ones. Any thread may call; never blocks.
 */
@FunctionalInterface
public interface Lane {
    /**
     * Hands a publication to subscribers of this lane, in the order of the calls of one thread.
     *
     * @param targets who gets it
     * @param receipt told when it is stored, or null if nobody waits. Lanes of event loops never
     *     tell: to be handed over is all there is for a transient session
     */
    void handOut(Publication publication, Targets targets, @Nullable Receipt receipt);
}
