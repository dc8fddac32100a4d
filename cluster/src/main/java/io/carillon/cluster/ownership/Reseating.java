package io.carillon.cluster.ownership;

import io.carillon.cluster.ShardId;
import io.carillon.cluster.Voter;
import java.util.List;

/**
 * A shard that is to get other voters: the new ones are filled, then the generation is sealed and
 * the next one begins.
 *
 * @param generation the one to be sealed; if it is sealed already, this is void
 * @param from the voters of that generation
 * @param to the voters of the next
 * @param bytesPerSecond at which new replicas may be filled
 * @param reason for people
 */
public record Reseating(
        ShardId shard,
        long generation,
        List<Voter> from,
        List<Voter> to,
        long bytesPerSecond,
        String reason) {
    public Reseating {
        from = List.copyOf(from);
        to = List.copyOf(to);
    }
}
