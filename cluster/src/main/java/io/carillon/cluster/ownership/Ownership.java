package io.carillon.cluster.ownership;

import io.carillon.cluster.Epoch;
import io.carillon.cluster.NodeId;
import io.carillon.cluster.ShardId;
import io.carillon.cluster.Voter;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a shard: who leads it, and who holds it. Advice, never proof: whoever acts on it
 * is fenced by the epoch.
 *
 * @param epoch of the leader, with the generation of the voters
 * @param revision orders what is said within an epoch: {@link #NO_LEADER}, {@link #HEARSAY}, or
 *     from {@link #FIRST_OF_LEADER} on what the leader itself said, counted up
 * @param leader null while none is known
 * @param voters of the generation, the leader among them
 * @param inSync the followers that could take over without a pause, as the leader says
 */
public record Ownership(
        ShardId shard,
        Epoch epoch,
        int revision,
        @Nullable NodeId leader,
        List<Voter> voters,
        Set<NodeId> inSync) {
    public static final int NO_LEADER = 0;
    public static final int HEARSAY = 1;
    public static final int FIRST_OF_LEADER = 2;

    private static final Comparator<Ownership> AGE =
            Comparator.comparing(Ownership::epoch).thenComparingInt(Ownership::revision);

    public Ownership {
        voters = List.copyOf(voters);
        inSync = Set.copyOf(inSync);
    }

    /** What a voter knows while it waits for the election in that epoch. */
    public static Ownership leaderless(ShardId shard, Epoch epoch, List<Voter> voters) {
        return new Ownership(shard, epoch, NO_LEADER, null, voters, Set.of());
    }

    /** What a follower knows: the leader has not spoken itself. */
    public static Ownership heard(ShardId shard, Epoch epoch, NodeId leader, List<Voter> voters) {
        return new Ownership(shard, epoch, HEARSAY, leader, voters, Set.of());
    }

    /** A newer one replaces an older one, wherever it comes from. */
    public boolean isNewerThan(Ownership other) {
        return AGE.compare(this, other) > 0;
    }

    /** The same, but nobody is known to lead: not newer, since it is only a guess. */
    public Ownership withoutLeader() {
        return new Ownership(shard, epoch, revision, null, voters, Set.of());
    }

    /** The same, but its leader has stopped to lead: newer than all that it said before. */
    public Ownership abdicated() {
        return new Ownership(shard, epoch, revision + 1, null, voters, Set.of());
    }

    public boolean isLedBy(NodeId node) {
        return node.equals(leader);
    }

    /** Whether the node could take over the leadership now. */
    public boolean isFollowing(NodeId node) {
        return inSync.contains(node) && !isLedBy(node);
    }

    public boolean isHeldBy(NodeId node) {
        return voters.stream().anyMatch(voter -> voter.node().equals(node));
    }
}
