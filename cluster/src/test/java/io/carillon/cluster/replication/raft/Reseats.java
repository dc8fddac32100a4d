package io.carillon.cluster.replication.raft;

import io.carillon.cluster.ShardId;
import io.carillon.cluster.Voter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Gives the shards of a simulated cluster other voters, as people and planners would. */
final class Reseats {
    private static final List<Integer> SIZES = List.of(1, 2, 3, 3, 3, 3, 5);

    private final Random random;
    private final List<NodeUnderTest> nodes;
    private final List<ShardId> shards;
    private long completed;

    Reseats(Random random, List<NodeUnderTest> nodes, int shards) {
        this.random = random;
        this.nodes = nodes;
        this.shards = IntStream.range(0, shards).mapToObj(ShardId::new).toList();
    }

    /** How often a shard got other voters. */
    long completed() {
        return completed;
    }

    /** Asks a leader for voters that may make sense. */
    void tryOne() {
        ShardId shard = shards.get(random.nextInt(shards.size()));
        NodeUnderTest leader = leader(shard);
        if (leader == null) {
            return;
        }
        Generation generation = Objects.requireNonNull(leader.log().generation(shard));
        boolean repair = random.nextInt(3) > 0 && !isSound(generation);
        List<Voter> voters = repair ? repaired(generation) : drawn(generation);
        begin(leader, shard, generation.next(voters));
    }

    /** Replaces disks that are gone by those that took their place. */
    void repairAll() {
        for (ShardId shard : shards) {
            NodeUnderTest leader = leader(shard);
            if (leader != null) {
                Generation generation = Objects.requireNonNull(leader.log().generation(shard));
                if (!isSound(generation)) {
                    begin(leader, shard, generation.next(repaired(generation)));
                }
            }
        }
    }

    private void begin(NodeUnderTest leader, ShardId shard, Generation next) {
        leader.log().reseat(shard, next).thenRun(() -> completed++);
    }

    private @Nullable NodeUnderTest leader(ShardId shard) {
        List<NodeUnderTest> leading =
                nodes.stream().filter(node -> node.epoch(shard) != null).toList();
        return leading.isEmpty() ? null : leading.get(random.nextInt(leading.size()));
    }

    private boolean isSound(Generation generation) {
        return generation.voters().stream().allMatch(this::isThere);
    }

    private boolean isThere(Voter voter) {
        return nodes.stream().anyMatch(node -> node.voter().equals(voter));
    }

    private List<Voter> repaired(Generation generation) {
        return generation.voters().stream()
                .map(voter -> voter(Integer.parseInt(voter.node().name().substring(1))))
                .toList();
    }

    private Voter voter(int node) {
        return nodes.get(node).voter();
    }

    private List<Voter> drawn(Generation generation) {
        List<Voter> voters = new ArrayList<>(generation.voters());
        voters.removeIf(voter -> !isThere(voter));
        Collections.shuffle(voters, random);
        if (!voters.isEmpty() && random.nextBoolean()) {
            voters.removeFirst();
        }
        int size = SIZES.get(random.nextInt(SIZES.size()));
        List<NodeUnderTest> others = new ArrayList<>(nodes);
        Collections.shuffle(others, random);
        for (NodeUnderTest other : others) {
            if (voters.size() < size
                    && voters.stream()
                            .noneMatch(each -> each.node().equals(other.voter().node()))) {
                voters.add(other.voter());
            }
        }
        return voters.subList(0, size);
    }

    /** Whether the shards survive it if what the node has is gone, on top of what is gone. */
    boolean mayLose(NodeUnderTest node) {
        return shards.stream()
                .flatMap(this::alive)
                .allMatch(
                        generation ->
                                generation.voters().stream()
                                                .filter(voter -> !voter.equals(node.voter()))
                                                .filter(this::isThere)
                                                .count()
                                        >= generation.majority());
    }

    /** The generations that some node has a replica of. */
    private Stream<Generation> alive(ShardId shard) {
        Set<Generation> alive =
                nodes.stream().flatMap(node -> replicas(node, shard)).collect(Collectors.toSet());
        return alive.stream();
    }

    private static Stream<Generation> replicas(NodeUnderTest node, ShardId shard) {
        StoredGroup newest = StoredGroup.read(node.store(), shard);
        StoredGroup before =
                newest == null
                        ? null
                        : StoredGroup.readBefore(node.store(), shard, newest.generation().number());
        return Stream.of(newest, before)
                .filter(Objects::nonNull)
                .map(StoredGroup::generation)
                .filter(generation -> generation.names(node.voter()));
    }

    /** The generation that the shard has come to. */
    Generation newest(ShardId shard) {
        return nodes.stream()
                .map(node -> node.log().generation(shard))
                .filter(Objects::nonNull)
                .max(Comparator.comparingLong(Generation::number))
                .orElseThrow();
    }
}
