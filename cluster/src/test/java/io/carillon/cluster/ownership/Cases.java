package io.carillon.cluster.ownership;

import io.carillon.cluster.DiskId;
import io.carillon.cluster.Epoch;
import io.carillon.cluster.NodeId;
import io.carillon.cluster.ShardId;
import io.carillon.cluster.Voter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Nodes, homes and views for tests, by number or by seed. */
public final class Cases {
    private Cases() {}

    /**
     * Fixed seeds and some new ones; a failing test has its seed in its name. {@code
     * -Dcarillon.seeds=5000} for a longer run.
     */
    public static LongStream seeds() {
        return LongStream.concat(
                LongStream.rangeClosed(1, 20),
                RandomGenerator.getDefault().longs(Integer.getInteger("carillon.seeds", 4)));
    }

    public static RandomGenerator random(long seed) {
        return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }

    public static NodeId node(int number) {
        return new NodeId("node-" + number);
    }

    public static Home home(int number) {
        return home(number, "");
    }

    public static Home home(int number, String zone) {
        return new Home(new Voter(node(number), new DiskId(0, number)), zone);
    }

    public static List<Home> homes(int count) {
        return IntStream.range(0, count).mapToObj(Cases::home).toList();
    }

    /** Homes spread evenly over some zones. */
    public static List<Home> homes(int count, int zones) {
        return IntStream.range(0, count).mapToObj(i -> home(i, "zone-" + i % zones)).toList();
    }

    static List<Voter> voters(int... nodes) {
        return Arrays.stream(nodes).mapToObj(i -> home(i).voter()).toList();
    }

    /** What the leader says of its shard, in generation 1: all others are in sync. */
    static Ownership led(int shard, int term, int leader, int... voters) {
        return led(shard, new Epoch(1, term), node(leader), voters(voters));
    }

    static Ownership led(int shard, Epoch epoch, NodeId leader, List<Voter> voters) {
        Set<NodeId> inSync = new HashSet<>();
        voters.forEach(voter -> inSync.add(voter.node()));
        inSync.remove(leader);
        return new Ownership(
                new ShardId(shard), epoch, Ownership.FIRST_OF_LEADER, leader, voters, inSync);
    }

    /** What a map says when its generation begins, with leaders by chance. */
    static List<Ownership> led(ShardMap map, RandomGenerator random) {
        List<Ownership> all = new ArrayList<>();
        for (int i = 0; i < map.shards(); i++) {
            List<Voter> voters = map.voters().get(i);
            NodeId leader = voters.get(random.nextInt(voters.size())).node();
            all.add(led(i, new Epoch(1, 1), leader, voters));
        }
        return all;
    }

    /** How many replicas each node has; those without are not named. */
    static Map<NodeId, Integer> replicas(List<List<Voter>> map) {
        Map<NodeId, Integer> loads = new HashMap<>();
        map.forEach(voters -> voters.forEach(each -> loads.merge(each.node(), 1, Integer::sum)));
        return loads;
    }

    /** The difference between the highest and the lowest load of these homes. */
    static int unevenness(List<Home> homes, Map<NodeId, Integer> loads) {
        var stats =
                homes.stream()
                        .mapToInt(home -> loads.getOrDefault(home.node(), 0))
                        .summaryStatistics();
        return stats.getMax() - stats.getMin();
    }
}
