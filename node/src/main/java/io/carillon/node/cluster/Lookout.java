package io.carillon.node.cluster;

import io.carillon.cluster.interest.Interest;
import io.carillon.cluster.lease.Lease;
import io.carillon.cluster.membership.Members;
import io.carillon.loop.Loop;
import io.carillon.peers.route.Routes;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks whether this node may serve, and lets clients in or sends them away by that. Time is
 * counted in looks: a process that stood still hears of the others before it judges. On the cluster
 * loop.
 */
final class Lookout {
    private static final Logger LOG = LoggerFactory.getLogger(Lookout.class);
    private static final long LOOK_MILLIS = 200;

    /** A leadership that moves is away for a moment: that makes no node unready. */
    private static final long LEADERLESS_LOOKS_MAX = 2_000 / LOOK_MILLIS;

    private final Loop loop;
    private final Members members;
    private final LeaderBook leaders;
    private final Routes routes;
    private final Serving serving;
    private final Lease lease;
    private final Runnable held;
    private final Consumer<@Nullable String> readiness;
    private final Consumer<String> minority;
    private final long minorityLooksMax;
    private final CompletableFuture<Void> joined;
    private volatile @Nullable String waitsFor = "";
    private long leaderlessLooks;
    private long minorityLooks;
    private @Nullable Scaling scaling;
    private @Nullable Interest wants;

    /** From when all is known until majority or lease are lost. */
    private boolean letsIn;

    private boolean stopped;

    /**
     * One that is to be started.
     *
     * @param lease resumed once it is known what everybody wants
     * @param held run, again and again, while it is held
     * @param joined completed when the node is ready for the first time
     */
    Lookout(
            Loop loop,
            Meeting meeting,
            LeaderBook leaders,
            Routes routes,
            Serving serving,
            Lease lease,
            Runnable held,
            long minorityGraceMillis,
            CompletableFuture<Void> joined) {
        this.loop = loop;
        this.members = meeting.members();
        this.leaders = leaders;
        this.routes = routes;
        this.serving = serving;
        this.lease = lease;
        this.held = held;
        this.minorityLooksMax = minorityGraceMillis / LOOK_MILLIS;
        this.readiness = meeting.readiness();
        this.minority = meeting.minority();
        this.joined = joined;
    }

    void start() {
        look();
    }

    /** The cluster is founded, and this node's shards are being opened. */
    void founded(Scaling scales, Interest sharing) {
        scaling = scales;
        wants = sharing;
    }

    /** Whether nothing was in the way at the last look. Any thread. */
    boolean isReady() {
        return waitsFor == null;
    }

    /** Clients are let in or not as at the last look. */
    void stop() {
        stopped = true;
    }

    private void look() {
        if (stopped) {
            return;
        }
        loop.schedule(LOOK_MILLIS, this::look);
        boolean majority = members.hasMajority();
        String obstacle = majority ? null : "this node does not reach a majority of the cluster";
        if (wants != null && routes.firstUnknownShard() < 0 && wants.isCaughtUp()) {
            lease.resume();
        }
        if (lease.isHeld()) {
            held.run();
        }
        String missing = missing(obstacle);
        letsIn = majority && lease.isHeld() && (letsIn || missing == null);
        serving.obstacle(letsIn ? null : missing);
        if (!Objects.equals(missing, waitsFor)) {
            waitsFor = missing;
            readiness.accept(missing);
            if (missing != null) {
                LOG.info("not ready: {}", missing);
            } else {
                LOG.info("ready: a majority is there, and all shards have leaders");
                joined.complete(null);
            }
        }
        sendAway(majority);
    }

    private @Nullable String missing(@Nullable String obstacle) {
        if (obstacle != null) {
            return obstacle;
        }
        Scaling founded = scaling;
        Interest sharing = wants;
        return founded == null || sharing == null
                ? "the cluster is not founded yet"
                : unserved(founded, sharing);
    }

    private @Nullable String unserved(Scaling founded, Interest sharing) {
        int shard = leaders.firstWithoutLeader();
        leaderlessLooks = shard < 0 ? 0 : leaderlessLooks + 1;
        if (shard >= 0 && (waitsFor != null || leaderlessLooks > LEADERLESS_LOOKS_MAX)) {
            return "no leader of shard " + shard + " is known";
        }
        int unknown = routes.firstUnknownShard();
        if (unknown >= 0) {
            return "nobody has said yet what the sessions of shard " + unknown + " want";
        }
        if (!sharing.isCaughtUp()) {
            return "not all is known of what other nodes want";
        }
        return lease.isHeld() ? founded.unready(waitsFor == null) : unmet();
    }

    private String unmet() {
        String nodes = lease.missing();
        return nodes.isEmpty()
                ? "other nodes may have given this one up"
                : "it is not known whether these nodes count on this one: " + nodes;
    }

    private void sendAway(boolean majority) {
        minorityLooks = majority || scaling == null ? 0 : minorityLooks + 1;
        if (minorityLooks > minorityLooksMax) {
            minority.accept("this node has lost the majority of the cluster; use another one");
        }
    }
}
