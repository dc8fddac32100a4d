package io.carillon.peers.publish;

import io.carillon.cluster.NodeId;
import io.carillon.cluster.interest.PriorWork;
import io.carillon.delivery.PublishReceipt;
import io.carillon.delivery.Ways;
import io.carillon.loop.AnyThread;
import io.carillon.loop.Loop;
import io.carillon.mqtt.packet.ReasonCode;
import io.carillon.mqtt.packet.TopicFilter;
import io.carillon.peers.PeerMessage.AllStored;
import io.carillon.peers.PeerMessage.Stored;
import io.carillon.peers.Peers;
import io.carillon.peers.ShardLeaders;
import io.carillon.peers.route.PeerNode;
import io.carillon.shard.Parcel.Purpose;
import io.carillon.shard.Publication;
import io.carillon.shard.Publisher;
import io.carillon.shard.Receipt;
import io.carillon.shard.Shards;
import io.carillon.topic.LaneTargets;
import io.carillon.topic.Lanes;
import io.carillon.topic.Subscriber;
import io.carillon.topic.Target;
import io.carillon.topic.Targets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The ways of a node of a cluster: the one place where it is decided, in order, what goes to a
 * shard of this node and what to another node. On the cluster loop, but for {@link #handOut} and
 * the counters.
 *
 * <p>What somebody waits for is kept until it is answered, and goes to the next leader of its shard
 * if the last one did not answer: it has a number then, by which a shard knows what it has. What
 * nobody waits for goes once or not at all.
 */
@AnyThread
public final class Dispatch implements Ways {
    private final Loop loop;
    private final Lanes lanes;
    private final Shards shards;
    private final Settings settings;
    private final Courier courier;
    private final RetainedUnderWay retained = new RetainedUnderWay();
    private final LongAdder dropped = new LongAdder();

    /**
     * Bounds, and a name.
     *
     * @param congestedBytes from so many unanswered bytes on, publishers should pause
     * @param bytesMax from so many on, further publications are refused
     * @param source what this start of the node calls itself in the numbers of messages; below 0,
     *     and like no other's
     */
    public record Settings(long congestedBytes, long bytesMax, long source) {}

    /**
     * @param publisher the router; asked for when a message of a shared subscription needs another
     *     member
     */
    public Dispatch(
            Loop loop,
            Lanes lanes,
            Shards shards,
            Peers peers,
            ShardLeaders leaders,
            Supplier<Publisher> publisher,
            Settings settings) {
        this.loop = loop;
        this.lanes = lanes;
        this.shards = shards;
        this.settings = settings;
        this.courier = new Courier(loop, shards, peers, leaders, publisher, settings.source());
    }

    /** True while so much is unanswered that publishers should pause. Any thread. */
    public boolean congested() {
        return unansweredBytes() > settings.congestedBytes();
    }

    /** Bytes of what is not answered yet. Any thread. */
    public long unansweredBytes() {
        return courier.unansweredBytes();
    }

    /** QoS 0 messages that found no leader of their shard. Any thread. */
    public long dropped() {
        return dropped.sum();
    }

    /** What was sent again because its shard had another leader. Any thread. */
    public long sentAgain() {
        return courier.sentAgain();
    }

    /**
     * Retained messages that were matched by now and are not stored yet: who subscribes where this
     * node did not know of it finds them only then.
     */
    public PriorWork retainedUnderWay() {
        return retained;
    }

    @Override
    public void retain(Publication publication, @Nullable PublishReceipt receipt) {
        Receipt whole = receipt == null ? null : retained.count(receipt.share());
        loop.execute(() -> retain(publication, whole));
    }

    private void retain(Publication publication, @Nullable Receipt whole) {
        if (isTooMuch(whole)) {
            return;
        }
        Way way = toShard(shards.number(publication.message().topic().name()));
        List<Frame> frames = new ArrayList<>(1);
        give(new Errand(publication, way, new Purpose.Retaining(), whole), frames);
        frames.forEach(courier::send);
    }

    /** True if something for which somebody waits is refused. */
    private boolean isTooMuch(@Nullable Receipt whole) {
        if (whole == null || unansweredBytes() <= settings.bytesMax()) {
            return false;
        }
        whole.done(ReasonCode.IMPLEMENTATION_SPECIFIC_ERROR);
        return true;
    }

    @Override
    public void handOut(
            Publication publication,
            LaneTargets[] match,
            List<Target> members,
            @Nullable PublishReceipt receipt) {
        Receipt whole = receipt == null ? null : receipt.share();
        loop.execute(() -> handOut(publication, match, members, whole));
    }

    private void handOut(
            Publication publication,
            LaneTargets[] match,
            List<Target> members,
            @Nullable Receipt whole) {
        if (isTooMuch(whole)) { // all of it or nothing
            return;
        }
        PublishReceipt parts = whole == null ? null : new PublishReceipt(whole);
        List<Frame> frames = new ArrayList<>();
        for (LaneTargets each : match) {
            Way way = way(each, match);
            if (way != null) {
                give(publication, way, new Purpose.Matching(), parts, frames);
            }
        }
        for (Target member : members) {
            Purpose purpose = new Purpose.Member(filterOf(member));
            give(publication, way(member.subscriber()), purpose, parts, frames);
        }
        frames.forEach(courier::send);
        if (parts != null) {
            parts.seal();
        }
    }

    private void give(
            Publication publication,
            Way way,
            Purpose purpose,
            @Nullable PublishReceipt parts,
            List<Frame> frames) {
        Receipt share = parts == null ? null : parts.share();
        give(new Errand(publication, way, purpose, share), frames);
    }

    private void give(Errand errand, List<Frame> frames) {
        if (!courier.give(errand, frames)) {
            dropped.increment();
        }
    }

    /** The way to the subscribers of a lane, or null if they have it already. */
    private @Nullable Way way(LaneTargets targets, LaneTargets[] match) {
        int lane = targets.lane();
        return switch (lanes.kind(lane)) {
            case EVENT_LOOP -> null;
            case SHARD -> toShard(lanes.shardOf(lane));
            case FAR_SHARD -> {
                int shard = lanes.shardOf(lane);
                // Both while leaders change.
                yield hasLane(match, lanes.shardLane(shard)) ? null : toShard(shard);
            }
            case PEER -> courier.ways().toNode(nodeOf(targets.targets()));
        };
    }

    /** The way to a member of a shared subscription. */
    private Way way(Subscriber member) {
        int lane = member.lane();
        return switch (lanes.kind(lane)) {
            case EVENT_LOOP -> throw new IllegalArgumentException(member + " is here");
            case SHARD, FAR_SHARD -> toShard(lanes.shardOf(lane));
            case PEER -> courier.ways().toNode(((PeerNode) member).node());
        };
    }

    private Way toShard(int shard) {
        return courier.ways().toShard(shard);
    }

    /** The answer of another node. */
    public void received(Stored stored) {
        loop.assertInside();
        courier.answered(stored.receipt(), stored.outcome(), stored.elsewhere());
    }

    /** The answer of another node to several frames. */
    public void received(AllStored stored) {
        loop.assertInside();
        for (long receipt : stored.receipts()) {
            courier.answered(receipt, ReasonCode.SUCCESS, List.of());
        }
    }

    /**
     * The node is gone, was started anew, or had taken this one for gone: what it was sent, it may
     * have or not.
     */
    public void gone(NodeId node) {
        loop.assertInside();
        courier.gone(node);
    }

    private static boolean hasLane(LaneTargets[] match, int lane) {
        for (LaneTargets each : match) {
            if (each.lane() == lane) {
                return true;
            }
        }
        return false;
    }

    private static NodeId nodeOf(Targets targets) {
        for (Target[] chunk : targets.chunks()) {
            for (Target target : chunk) {
                return ((PeerNode) target.subscriber()).node();
            }
        }
        throw new IllegalArgumentException("a lane without targets");
    }

    private static String filterOf(Target member) {
        TopicFilter filter = member.sharedFilter();
        if (filter == null) {
            throw new IllegalArgumentException(member + " is no member of a shared subscription");
        }
        return filter.text();
    }
}
