package io.carillon.cluster.ownership.founding;

import io.carillon.cluster.Voter;
import io.carillon.cluster.ownership.Home;
import io.carillon.cluster.ownership.ShardMap;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * The founding act of a cluster: who founds it, and the voters of all shards in generation 1. It is
 * in force once every founder has it on disk. The founders' disks are part of it, so no two
 * clusters have equal ones.
 *
 * @param founders in the order of their names
 */
public record Charter(String cluster, int replicas, List<Home> founders, ShardMap map) {

    /** The generation whose voters a charter says. */
    public static final long GENERATION = 1;

    public Charter {
        founders = List.copyOf(founders);
    }

    /**
     * Who of these nodes founds the cluster, by name, in whatever order they come; maybe too few.
     */
    static List<Home> founders(FoundingRules rules, Collection<Home> nodes) {
        return nodes.stream()
                .filter(home -> rules.mayFound(home.node()))
                .sorted(Comparator.comparing(Home::node))
                .limit(rules.size())
                .toList();
    }

    /** The charter that the rules and these founders make. */
    static Charter draw(FoundingRules rules, List<Home> founders) {
        ShardMap map = ShardMap.place(rules.shards(), rules.replicas(), founders);
        return new Charter(rules.cluster(), rules.replicas(), founders, map);
    }

    /**
     * The cluster's identity: nodes with different ones have nothing to do with each other,
     * whatever their clusters are called.
     */
    public UUID id() {
        return UUID.nameUUIDFromBytes(FoundingBytes.encode(this));
    }

    /**
     * What all nodes of the cluster know, and no client: its founders' disks have numbers that were
     * drawn when they were made.
     */
    public String secret() {
        return founders.stream()
                .map(home -> home.voter().disk().toString())
                .collect(Collectors.joining());
    }

    public int shards() {
        return map.shards();
    }

    public boolean isFounder(Voter voter) {
        return founders.stream().anyMatch(home -> home.voter().equals(voter));
    }

    boolean sharesFounderWith(Charter other) {
        return founders.stream().anyMatch(home -> other.isFounder(home.voter()));
    }
}
