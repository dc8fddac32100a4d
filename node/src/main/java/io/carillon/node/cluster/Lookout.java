package io.carillon.node.cluster;

import io.carillon.cluster.ShardId;
import io.carillon.cluster.interest.Interest;
import io.carillon.cluster.interest.Owner;
import io.carillon.cluster.membership.Members;
import io.carillon.loop.Loop;
import java.util.BitSet;
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
    private static final long LOOK_MILLIS = 100;

    /** A leadership that moves is away for a moment: that makes no node unready. */
    private static final long LEADERLESS_LOOKS_MAX = 2_000 / LOOK_MILLIS;

    private final Loop loop;
    private final Members members;
    private final LeaderBook leaders;
    private final Interest wants;
    private final Serving serving;
    private final Runnable allIsKnown;
    private final Consumer<@Nullable String> readiness;
    private final Consumer<String> minority;
    private final long minorityLooksMax;
    private final CompletableFuture<Void> joined;
    private @Nullable String waitsFor = "";

    /** Shards of which it was known once what their sessions want, since this node started. */
    private final BitSet known = new BitSet();

    private long leaderlessLooks;
    private long minorityLooks;
    private boolean founded;
    private boolean stopped;

    /**
     * One that is to be started.
     *
     * @param allIsKnown run, again and again, while it is known what all shards want
     * @param joined completed when the node is ready for the first time
     */
    Lookout(
            Loop loop,
            Meeting meeting,
            LeaderBook leaders,
            Interest wants,
            Serving serving,
            Runnable allIsKnown,
            long minorityGraceMillis,
            CompletableFuture<Void> joined) {
        this.loop = loop;
        this.members = meeting.members();
        this.leaders = leaders;
        this.wants = wants;
        this.serving = serving;
        this.allIsKnown = allIsKnown;
        this.minorityLooksMax = minorityGraceMillis / LOOK_MILLIS;
        this.readiness = meeting.readiness();
        this.minority = meeting.minority();
        this.joined = joined;
    }

    void start() {
        look();
    }

    /** The cluster is founded, and this node's shards are being opened. */
    void founded() {
        founded = true;
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
        String missing = missing(obstacle);
        boolean knowing = isKnowing();
        serving.obstacle(knowing ? obstacle : missing);
        if (knowing) {
            allIsKnown.run();
        }
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

    /**
     * A message that is taken before it is known what all shards want passes their sessions by.
     * Once that is known, a shard without a leader is waited for.
     */
    private boolean isKnowing() {
        return founded && known.cardinality() == leaders.count() && wants.isCaughtUp();
    }

    private @Nullable String missing(@Nullable String obstacle) {
        if (obstacle != null) {
            return obstacle;
        }
        return founded ? unserved() : "the cluster is not founded yet";
    }

    private @Nullable String unserved() {
        for (int i = known.nextClearBit(0); i < leaders.count(); i = known.nextClearBit(i + 1)) {
            if (!wants.isKnown(new Owner.OfShard(new ShardId(i)))) {
                return "it is not known what the sessions of shard " + i + " want";
            }
            known.set(i);
        }
        int shard = leaders.firstWithoutLeader();
        leaderlessLooks = shard < 0 ? 0 : leaderlessLooks + 1;
        if (shard >= 0 && (waitsFor != null || leaderlessLooks > LEADERLESS_LOOKS_MAX)) {
            return "no leader of shard " + shard + " is known";
        }
        return wants.isCaughtUp() ? null : "not all is known of what other nodes want";
    }

    private void sendAway(boolean majority) {
        minorityLooks = majority || !founded ? 0 : minorityLooks + 1;
        if (minorityLooks > minorityLooksMax) {
            minority.accept("this node has lost the majority of the cluster; use another one");
        }
    }
}
