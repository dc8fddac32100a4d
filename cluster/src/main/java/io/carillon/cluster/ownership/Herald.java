package io.carillon.cluster.ownership;

import io.carillon.cluster.Epoch;
import io.carillon.cluster.NodeId;
import io.carillon.cluster.ShardId;
import io.carillon.cluster.Voter;
import io.carillon.loop.Loop;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps {@link Leaders} and the {@link OwnershipView} in step: says what this node's own replicas
 * know, repeats from time to time what it leads, since a word may be lost or overwritten by an
 * older one, and learns what others say. On its loop.
 */
public final class Herald {
    private static final Logger LOG = LoggerFactory.getLogger(Herald.class);
    private static final long REPEAT_MILLIS = 5_000;

    private final NodeId self;
    private final Leaders leaders;
    private final OwnershipView view;
    private final Loop loop;

    /** By number, what this node said of the shards that it leads. */
    private final Map<Integer, Ownership> led = new TreeMap<>();

    public Herald(NodeId self, Leaders leaders, OwnershipView view, Loop loop) {
        this.self = self;
        this.leaders = leaders;
        this.view = view;
        this.loop = loop;
    }

    /** Begins to listen and to repeat. */
    public void start() {
        loop.assertInside();
        view.listen(heard -> loop.execute(() -> learn(heard)));
        loop.schedule(REPEAT_MILLIS, this::repeat);
    }

    /**
     * This node leads the shard, or goes on to and its followers have changed.
     *
     * @param inSync the followers that could take over without a pause
     */
    public void leads(
            ShardId shard, Epoch epoch, Collection<Voter> voters, Collection<NodeId> inSync) {
        loop.assertInside();
        Ownership before = led.get(shard.number());
        int revision =
                before != null && before.epoch().equals(epoch)
                        ? before.revision() + 1
                        : Ownership.FIRST_OF_LEADER;
        Ownership now =
                new Ownership(
                        shard, epoch, revision, self, List.copyOf(voters), Set.copyOf(inSync));
        led.put(shard.number(), now);
        say(now);
    }

    /**
     * This node does not lead the shard, but has a replica of it.
     *
     * @param leader as the replica heard, or null while it knows none
     */
    public void follows(
            ShardId shard, Epoch epoch, @Nullable NodeId leader, Collection<Voter> voters) {
        loop.assertInside();
        led.remove(shard.number());
        List<Voter> all = List.copyOf(voters);
        leaders.learn(
                leader == null
                        ? Ownership.leaderless(shard, epoch, all)
                        : Ownership.heard(shard, epoch, leader, all));
        Ownership known = leaders.of(shard);
        if (known != null && known.isLedBy(self)) {
            say(known.abdicated());
        }
    }

    private void say(Ownership ownership) {
        leaders.learn(ownership);
        view.put(ownership);
    }

    private void repeat() {
        for (Ownership each : List.copyOf(led.values())) {
            Ownership known = leaders.of(each.shard());
            if (known != null && known.epoch().compareTo(each.epoch()) > 0) {
                led.remove(each.shard().number()); // its own replica will say so soon
            } else {
                leads(each.shard(), each.epoch(), each.voters(), each.inSync());
            }
        }
        loop.schedule(REPEAT_MILLIS, this::repeat);
    }

    private void learn(Ownership heard) {
        try {
            leaders.learn(heard);
        } catch (IllegalArgumentException e) {
            LOG.warn("not of this cluster: {}", e.getMessage());
        }
    }
}
