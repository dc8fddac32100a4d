package io.carillon.node.cluster;

import io.carillon.cluster.NodeId;
import io.carillon.cluster.Voter;
import io.carillon.cluster.link.Delivery;
import io.carillon.cluster.membership.Members;
import io.carillon.cluster.membership.Peer;
import io.carillon.cluster.ownership.Home;
import io.carillon.cluster.ownership.HomeState;
import io.carillon.cluster.ownership.Leaders;
import io.carillon.cluster.ownership.Ownership;
import io.carillon.cluster.ownership.Reseat;
import io.carillon.cluster.ownership.ReseatRounds;
import io.carillon.cluster.ownership.ReseatSettings;
import io.carillon.cluster.ownership.Reseating;
import io.carillon.cluster.ownership.intent.Headcount;
import io.carillon.cluster.ownership.intent.Intention;
import io.carillon.cluster.ownership.intent.IntentionBytes;
import io.carillon.cluster.ownership.intent.Intents;
import io.carillon.cluster.replication.raft.Generation;
import io.carillon.cluster.replication.raft.RaftLog;
import io.carillon.loop.Loop;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets the cluster follow the nodes that it has: shards get other voters as nodes come, leave or
 * are gone for good, and whoever is not to come back is counted no longer. On the cluster loop.
 */
final class Scaling {
    private static final Logger LOG = LoggerFactory.getLogger(Scaling.class);
    private static final long LOOK_MILLIS = 2_000;

    /** Shards that get other voters at a time, in the whole cluster. */
    private static final int MOVES_MAX = 4;

    /** Not limited by the plan: each node's log limits what it sends. */
    private static final long FILL_BYTES_PER_SECOND = Long.MAX_VALUE;

    /** What a node knows of the cluster, and is asked for. */
    record Surroundings(
            Home self, Members members, Neighbours others, Leaders leaders, Inquiry requests) {}

    private final Surroundings around;
    private final int shards;
    private final RaftLog<?> log;
    private final Post post;
    private final Loop loop;
    private final Intents intents = new Intents();
    private final ReseatRounds rounds;

    /** The founders, the nodes that were there since this one started, and who holds replicas. */
    private final Set<NodeId> known = new HashSet<>();

    private Intention own = Intention.NONE;
    private Set<NodeId> mistaken = Set.of();
    private boolean stopped;

    /**
     * One that is to be started.
     *
     * @param shards how many there are
     * @param replicas voters that each shard is to have
     */
    Scaling(Surroundings around, int shards, int replicas, CoreHost host) {
        this.around = around;
        this.shards = shards;
        this.log = host.log();
        this.post = host.ends().post();
        this.loop = host.loop();
        this.rounds =
                new ReseatRounds(
                        self(),
                        new Reseat(new ReseatSettings(replicas, MOVES_MAX, FILL_BYTES_PER_SECOND)),
                        shards,
                        around.leaders(),
                        this::homes,
                        this::begin,
                        loop,
                        host.clock());
        host.ends()
                .switchboard()
                .on(
                        Kind.INTENTION,
                        (from, body) -> hear(from, IntentionBytes.decode(Switchboard.copy(body))));
        host.ends().switchboard().onUp(_ -> tell());
    }

    /** Begins: the cluster is founded, by these. */
    void start(Collection<Home> founders) {
        founders.forEach(founder -> known.add(founder.node()));
        rounds.start();
        look();
    }

    /** Begins nothing more: this node is about to stop. */
    void stop() {
        stopped = true;
        rounds.stop();
    }

    /** Another node says what is asked for there. */
    private void hear(NodeId from, Intention intention) {
        if (intents.hear(from, intention)) {
            tell(from, intention);
        }
    }

    private static void tell(NodeId node, Intention intention) {
        LOG.info(
                "node {} {}; gone for good are {}",
                node,
                intention.leaves() ? "gives up its replicas and leaves" : "stays",
                intention.gone().isEmpty() ? "none, as it says" : intention.gone());
    }

    /** The nodes that may lead shards. */
    Set<NodeId> fit() {
        Set<NodeId> present = present();
        Set<NodeId> fit = new HashSet<>(around.others().fit());
        fit.removeIf(node -> intents.of(node, present) != HomeState.Intent.STAYS);
        return fit;
    }

    /**
     * Why this node is not ready, for people; null if it is.
     *
     * @param before whether it was ready before: that it is behind doesn't change that
     */
    @Nullable String unready(boolean before) {
        String behind = before ? null : behind();
        return behind == null ? left() : behind;
    }

    /** That this node has left and may be stopped for good, for people; null if not. */
    private @Nullable String left() {
        return own.leaves() && holdsNothing()
                ? "this node has left the cluster: it holds no replicas, and may be stopped for good"
                : null;
    }

    /**
     * What this node has yet to get before another may be stopped for a while, for people; null if
     * nothing.
     */
    private @Nullable String behind() {
        Voter self = around.self().voter();
        for (Ownership shard : around.leaders().all()) {
            boolean seated = shard.voters().contains(self);
            if (!seated && shard.isHeldBy(self())) {
                return shard.shard() + " was on a former disk of this node, and is to be filled";
            }
            if (seated && !shard.isLedBy(self()) && !shard.inSync().contains(self())) {
                return "this node's replica of " + shard.shard() + " is not in sync yet";
            }
        }
        return null;
    }

    private void look() {
        if (stopped) {
            return;
        }
        loop.schedule(LOOK_MILLIS, this::look);
        around.requests().ask(asked -> loop.execute(() -> ask(asked)));
        known.addAll(present());
        around.leaders().all().stream()
                .flatMap(shard -> shard.voters().stream())
                .map(Voter::node)
                .forEach(known::add);
        count();
        complain();
    }

    private void ask(Intention asked) {
        own = asked;
        hear(self(), asked);
        tell();
    }

    /** Tells all nodes what is asked for here. */
    private void tell() {
        post.tellAll(Delivery.LOSSY, Kind.INTENTION, IntentionBytes.encode(own));
    }

    /** Whoever has departed is counted no longer, once all that are left are there and serve. */
    private void count() {
        Set<NodeId> present = present();
        Set<NodeId> departed = intents.departed(present);
        departed.removeIf(this::holdsAny);
        Members members = around.members();
        int size = Headcount.of(members.configured(), known, departed);
        if (size < members.size() && size == present.size() && isEachLed()) {
            LOG.info("{} have left the cluster for good", departed);
            members.resize(size);
        }
    }

    private void complain() {
        Set<NodeId> now = intents.mistaken(present());
        if (!now.equals(mistaken) && !now.isEmpty()) {
            LOG.warn(
                    "{} are there, and somebody says that they are gone for good: that is not"
                            + " believed; take them out of the file 'gone'",
                    now);
        }
        mistaken = now;
    }

    /** Nobody, while this node may be on the wrong side of a partition. */
    private Set<HomeState> homes() {
        if (!around.members().hasMajority()) {
            return Set.of();
        }
        Set<NodeId> present = present();
        Set<HomeState> homes = new HashSet<>();
        for (Home home : around.others().homes(around.self())) {
            homes.add(new HomeState(home, true, intents.of(home.node(), present)));
        }
        for (Ownership shard : around.leaders().all()) {
            for (Voter voter : shard.voters()) {
                HomeState.Intent intent = intents.of(voter.node(), present);
                if (intent == HomeState.Intent.GONE) {
                    homes.add(new HomeState(new Home(voter, ""), false, intent));
                }
            }
        }
        return homes;
    }

    private CompletionStage<Void> begin(Reseating move) {
        Generation current = log.generation(move.shard());
        Ownership shard = around.leaders().of(move.shard());
        if (current == null || shard == null || current.number() != move.generation()) {
            return CompletableFuture.failedFuture(
                    new IllegalStateException("another generation has it already"));
        }
        Set<NodeId> inSync = new HashSet<>(shard.inSync());
        inSync.add(self());
        return log.reseat(move.shard(), current.towards(move.to(), inSync));
    }

    private boolean holdsNothing() {
        return isEachLed() && !holdsAny(self()) && log.replicas().isEmpty();
    }

    private boolean holdsAny(NodeId node) {
        return around.leaders().all().stream().anyMatch(shard -> shard.isHeldBy(node));
    }

    private boolean isEachLed() {
        List<Ownership> all = around.leaders().all();
        return all.size() == shards && all.stream().allMatch(shard -> shard.leader() != null);
    }

    private Set<NodeId> present() {
        return around.members().present().stream().map(Peer::node).collect(Collectors.toSet());
    }

    private NodeId self() {
        return around.self().node();
    }
}
