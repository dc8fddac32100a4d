package io.carillon.cluster.membership;

import com.hazelcast.cluster.Member;
import com.hazelcast.cluster.MembershipEvent;
import com.hazelcast.cluster.MembershipListener;
import com.hazelcast.config.Config;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.HazelcastInstanceNotActiveException;
import com.hazelcast.core.LifecycleEvent;
import io.carillon.loop.Loop;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This node as a member of its cluster: an embedded Hazelcast member, which finds the others, tells
 * who is there and carries the shared maps.
 *
 * <p>A node that starts alone is a cluster of one, without a majority unless it was told to expect
 * no other; clusters that find each other become one. So nodes may start in any order, and none of
 * them serves before {@link Members#hasMajority}.
 */
public final class ClusterMember {
    private static final Logger LOG = LoggerFactory.getLogger(ClusterMember.class);
    private static final Duration LEAVE_MAX = Duration.ofSeconds(10);
    private static final Duration TERMINATE_MAX = Duration.ofSeconds(3);

    private final MemberSettings settings;
    private final Loop loop;
    private final InstantSource clock;
    private final Members members;
    private final HazelcastInstance hazelcast;
    private final List<Shared> maps = new ArrayList<>();
    private volatile boolean leaving;

    private ClusterMember(
            MemberSettings settings,
            Loop loop,
            InstantSource clock,
            Members members,
            HazelcastInstance hazelcast) {
        this.settings = settings;
        this.loop = loop;
        this.clock = clock;
        this.members = members;
        this.hazelcast = hazelcast;
    }

    /**
     * Starts the member and joins whom it finds, or begins a cluster of its own. Blocks, for some
     * seconds; never on the loop.
     *
     * @param loop where everything is told and asked
     * @throws JoinFailed if the address can't be bound, or the nodes there refuse this one
     */
    public static ClusterMember start(MemberSettings settings, Loop loop, InstantSource clock)
            throws JoinFailed {
        Members members = new Members(loop, clock, settings.card());
        HazelcastInstance hazelcast = launch(settings, members);
        ClusterMember member = new ClusterMember(settings, loop, clock, members, hazelcast);
        String refusal = Admission.of(member.cards()).refused().get(settings.card());
        if (refusal != null) {
            member.terminate();
            throw new JoinFailed(
                    "node "
                            + settings.card().node()
                            + " can't join cluster "
                            + settings.cluster()
                            + ": "
                            + refusal,
                    null);
        }
        member.watch();
        return member;
    }

    /** Who is there. */
    public Members members() {
        return members;
    }

    /**
     * Opens a shared map; each name once. Any thread.
     *
     * @param own what this node has to say in it
     * @param follower hears what the others say
     */
    public SharedMap map(String name, OwnPart own, Follower follower, SharedMapSettings bounds) {
        SharedMap map =
                new SharedMap(name, loop, clock, members, parts(name), own, follower, bounds);
        open(map);
        return map;
    }

    /**
     * Opens a map in which entries are looked up; each name once, other than those of {@link #map}.
     * Any thread.
     *
     * @param lost runs on the loop when this node's part is to be written again
     */
    public LookupMap lookupMap(String name, Runnable lost) {
        long goneMillis = SharedMapSettings.DEFAULT.goneMillis();
        LookupMap map = new LookupMap(name, loop, clock, members, parts(name), lost, goneMillis);
        open(map);
        return map;
    }

    private void open(Shared map) {
        loop.offer(
                () -> {
                    maps.add(map);
                    map.start();
                });
    }

    /** What that map consists of in the cluster. */
    PartStores parts(String map) {
        return new HazelcastParts(hazelcast, map);
    }

    /**
     * Leaves the cluster: hands the data of the maps on, if that takes no longer than ten seconds,
     * and stops. Members then shows nobody. Blocks; never on the loop.
     */
    public void leave() {
        leaving = true;
        loop.offer(this::withdraw);
        if (!within(LEAVE_MAX, hazelcast::shutdown)) {
            LOG.warn(
                    "leaving took more than {} s; the cluster is left anyway",
                    LEAVE_MAX.toSeconds());
            within(TERMINATE_MAX, hazelcast.getLifecycleService()::terminate);
        }
    }

    /** Stops at once, as a killed process would; the others see their connections break. */
    void terminate() {
        leaving = true;
        loop.offer(this::withdraw);
        within(TERMINATE_MAX, hazelcast.getLifecycleService()::terminate);
    }

    private static HazelcastInstance launch(MemberSettings settings, Members members)
            throws JoinFailed {
        // Some of its loggers belong to no instance and know only this.
        System.setProperty("hazelcast.logging.type", "slf4j");
        try {
            Config config =
                    MemberConfig.of(
                            settings,
                            all -> members.isMajority(Admission.of(cards(all)).accepted().size()));
            return Launch.member(config);
        } catch (UnknownHostException e) {
            throw new JoinFailed(
                    "cluster.bind "
                            + settings.bind()
                            + ": there is no such host as "
                            + e.getMessage(),
                    e);
        } catch (RuntimeException e) {
            throw new JoinFailed(
                    "the cluster member can't start on "
                            + settings.bind()
                            + ": "
                            + e.getMessage()
                            + "; if the lines above give no other reason, see that the address is"
                            + " one of this host and the port is free",
                    e);
        }
    }

    private void watch() {
        hazelcast.getLifecycleService().addLifecycleListener(this::lifecycle);
        hazelcast.getCluster().addMembershipListener(new Watch());
        loop.offer(
                () -> {
                    members.listen(new Expulsion());
                    refresh();
                    PauseGuard.watch(loop, clock, members);
                    MissingNodes.watch(loop, members, settings);
                });
    }

    private void lifecycle(LifecycleEvent event) {
        switch (event.getState()) {
            case MERGED -> loop.offer(this::healed);
            case SHUTDOWN -> loop.offer(this::stopped);
            default -> LOG.debug("the member is {}", event.getState());
        }
    }

    private void healed() {
        LOG.info("this node has joined those that it was apart from; it tells them all it has");
        refresh();
        maps.forEach(Shared::healed);
    }

    private void stopped() {
        if (!leaving) {
            members.expel(
                    "its cluster member has stopped by itself, the lines above say why; restart the"
                            + " node");
        }
    }

    private void refresh() {
        if (!leaving) {
            members.update(cards());
        }
    }

    private void withdraw() {
        maps.forEach(Shared::stop);
        members.update(List.of());
    }

    private List<MemberCard> cards() {
        try {
            return cards(hazelcast.getCluster().getMembers());
        } catch (HazelcastInstanceNotActiveException e) {
            return List.of();
        }
    }

    private static List<MemberCard> cards(Collection<Member> members) {
        List<MemberCard> cards = new ArrayList<>(members.size());
        for (Member member : members) {
            try {
                cards.add(MemberCard.of(member.getAttributes()));
            } catch (IllegalArgumentException e) {
                LOG.warn(
                        "the member at {} is ignored, it is no node of this release: {}",
                        member.getAddress(),
                        e.getMessage());
            }
        }
        return cards;
    }

    /** Runs what blocks; false if it hasn't ended by then. */
    private static boolean within(Duration limit, Runnable task) {
        try {
            return Thread.ofVirtual().name("cluster-stop").start(task).join(limit);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private final class Watch implements MembershipListener {
        @Override
        public void memberAdded(MembershipEvent event) {
            loop.offer(ClusterMember.this::refresh);
        }

        @Override
        public void memberRemoved(MembershipEvent event) {
            loop.offer(ClusterMember.this::refresh);
        }
    }

    /** Leaves when it hears that this node is no part of the cluster. */
    private final class Expulsion implements MembersListener {
        @Override
        public void joined(Peer peer) {}

        @Override
        public void left(Peer peer) {}

        @Override
        public void majority(boolean there) {}

        @Override
        public void expelled(String reason) {
            leaving = true;
            Thread.ofVirtual()
                    .name("cluster-stop")
                    .start(hazelcast.getLifecycleService()::terminate);
        }
    }
}
