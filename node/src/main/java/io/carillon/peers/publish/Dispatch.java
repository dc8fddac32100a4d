package io.carillon.peers.publish;

import io.carillon.cluster.NodeId;
import io.carillon.delivery.PublishReceipt;
import io.carillon.delivery.Ways;
import io.carillon.loop.AnyThread;
import io.carillon.loop.Loop;
import io.carillon.mqtt.packet.ReasonCode;
import io.carillon.mqtt.packet.TopicFilter;
import io.carillon.peers.PeerMessage.AllStored;
import io.carillon.peers.PeerMessage.Part;
import io.carillon.peers.PeerMessage.Stored;
import io.carillon.peers.Peers;
import io.carillon.peers.ShardLeaders;
import io.carillon.peers.route.PeerNode;
import io.carillon.shard.Parcel;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The ways of a node of a cluster: the one place where it is decided, in order, what goes to a
 * shard of this node and what to another node. On the cluster loop, but for {@link #handOut} and
 * the counters.
 *
 * <p>What somebody waits for is kept until it is answered, and goes to the next leader of its shard
 * if the last one did not answer; a message of QoS 2 has a number then, by which a shard knows what
 * it has. What nobody waits for goes once or not at all.
 */
@AnyThread
public final class Dispatch implements Ways {
    private static final long RETRY_MILLIS = 100;

    /** In place of a frame's number: it is with a shard of this node. */
    private static final long HERE = -1;

    private static final long NOWHERE = 0;

    private final Loop loop;
    private final Lanes lanes;
    private final Shards shards;
    private final Peers peers;
    private final Supplier<Publisher> publisher;
    private final Settings settings;
    private final ShardWay[] ways;
    private final Map<Long, Frame> underWay = new HashMap<>();
    private final AtomicLong bytes = new AtomicLong();
    private final LongAdder dropped = new LongAdder();
    private final LongAdder sentAgain = new LongAdder();

    /** Begins elsewhere at each start: a late answer to an earlier one must not fit. */
    private long lastFrame;

    private boolean retryComes;

    /**
     * Bounds, and a name.
     *
     * @param congestedBytes from so many unanswered bytes on, publishers should pause
     * @param bytesMax from so many on, further ones are refused
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
        this.peers = peers;
        this.publisher = publisher;
        this.settings = settings;
        this.ways = new ShardWay[lanes.shards()];
        for (int i = 0; i < ways.length; i++) {
            ways[i] = new ShardWay();
            ways[i].leader(leaders.leader(i));
        }
        this.lastFrame = settings.source() >>> 2;
        leaders.listen(this::leaderChanged);
    }

    /** True while so much is unanswered that publishers should pause. Any thread. */
    public boolean congested() {
        return bytes.get() > settings.congestedBytes();
    }

    /** Bytes of what is not answered yet. Any thread. */
    public long unansweredBytes() {
        return bytes.get();
    }

    /** QoS 0 messages that found no leader of their shard. Any thread. */
    public long dropped() {
        return dropped.sum();
    }

    /** What was sent again because its shard had another leader. Any thread. */
    public long sentAgain() {
        return sentAgain.sum();
    }

    @Override
    public void retain(Publication publication, @Nullable PublishReceipt receipt) {
        int shard = shards.number(publication.message().topic().name());
        Receipt whole = receipt == null ? null : receipt.share();
        Errand errand = new Errand(publication, shard, new Purpose.Retaining(), whole);
        loop.execute(
                () -> {
                    List<Frame> frames = new ArrayList<>(1);
                    give(errand, frames);
                    frames.forEach(this::send);
                });
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
        PublishReceipt parts = whole == null ? null : new PublishReceipt(whole);
        List<Frame> frames = new ArrayList<>();
        for (LaneTargets each : match) {
            int lane = each.lane();
            switch (lanes.kind(lane)) {
                case EVENT_LOOP -> {} // has it already
                case SHARD -> give(matching(publication, lanes.shardOf(lane), parts), frames);
                case FAR_SHARD -> {
                    int shard = lanes.shardOf(lane);
                    if (!hasLane(match, lanes.shardLane(shard))) { // both while leaders change
                        give(matching(publication, shard, parts), frames);
                    }
                }
                case PEER -> frame(frames, nodeOf(each.targets()), publication).addTransients();
            }
        }
        members.forEach(member -> give(publication, member, parts, frames));
        for (Frame frame : frames) {
            if (frame.hasTransients()) {
                frame.await(share(parts));
            }
            send(frame);
        }
        if (parts != null) {
            parts.seal();
        }
    }

    private void give(
            Publication publication,
            Target member,
            @Nullable PublishReceipt parts,
            List<Frame> frames) {
        String filter = filterOf(member);
        Subscriber subscriber = member.subscriber();
        switch (lanes.kind(subscriber.lane())) {
            case EVENT_LOOP -> throw new IllegalArgumentException(member + " is here");
            case SHARD, FAR_SHARD -> {
                int shard = lanes.shardOf(subscriber.lane());
                Purpose purpose = new Purpose.Member(filter);
                give(new Errand(publication, shard, purpose, share(parts)), frames);
            }
            case PEER -> {
                NodeId node = ((PeerNode) subscriber).node();
                frame(frames, node, publication).addMember(filter);
            }
        }
    }

    /** Takes it into the order of its shard, and gives it at once if nothing is in the way. */
    private void give(Errand errand, List<Frame> frames) {
        ShardWay way = ways[errand.shard()];
        NodeId leader = way.open();
        if (!errand.isAwaited()) {
            if (leader == null) {
                dropped.increment();
            } else {
                place(errand, leader, frames);
            }
            return;
        }
        if (bytes.get() + errand.bytes() > settings.bytesMax()) {
            errand.done(ReasonCode.IMPLEMENTATION_SPECIFIC_ERROR);
            return;
        }
        bytes.addAndGet(errand.bytes());
        way.add(errand);
        if (leader != null) {
            place(errand, leader, frames);
        }
    }

    private void place(Errand errand, NodeId leader, List<Frame> frames) {
        Part part = errand.part(ways[errand.shard()].first());
        if (leader.equals(peers.self())) {
            giveHere(errand, part);
        } else {
            frame(frames, leader, errand.publication()).add(errand, part);
        }
    }

    private void giveHere(Errand errand, Part part) {
        errand.given(HERE);
        Receipt receipt =
                errand.isAwaited()
                        ? outcome -> loop.execute(() -> answered(errand, HERE, outcome))
                        : null;
        Parcel parcel = part.parcel(errand.publication(), settings.source());
        shards.give(errand.shard(), parcel, receipt);
    }

    private void send(Frame frame) {
        if (!frame.isAwaited()) {
            peers.tellOnce(frame.to(), frame.message(NOWHERE, settings.source()));
            return;
        }
        long number = ++lastFrame;
        frame.errands().forEach(each -> each.given(number));
        if (peers.tell(frame.to(), frame.message(number, settings.source()))) {
            underWay.put(number, frame);
        } else {
            returned(frame, number);
        }
    }

    /** The node is not there, or takes no more. */
    private void returned(Frame frame, long number) {
        for (Errand errand : frame.errands()) {
            answered(errand, number, ReasonCode.USE_ANOTHER_SERVER);
        }
        if (peers.isThere(frame.to())) {
            frame.done(ReasonCode.IMPLEMENTATION_SPECIFIC_ERROR);
            return;
        }
        Receipt share = frame.share();
        if (frame.members().isEmpty() || share == null) {
            frame.done(ReasonCode.SUCCESS); // its transient sessions are gone with it
            return;
        }
        // Not at once: the trie may know members there for a while.
        loop.schedule(RETRY_MILLIS, () -> redispatch(frame.publication(), frame.members(), share));
    }

    private void redispatch(Publication publication, List<String> members, Receipt share) {
        PublishReceipt parts = new PublishReceipt(share);
        for (String member : members) {
            TopicFilter filter = TopicFilter.of(member);
            publisher.get().redispatch(publication, filter, "", parts.share());
        }
        parts.seal();
    }

    /** The answer of another node. */
    public void received(Stored stored) {
        loop.assertInside();
        answered(stored.receipt(), stored.outcome(), stored.elsewhere());
    }

    /** The answer of another node to several frames. */
    public void received(AllStored stored) {
        loop.assertInside();
        for (long receipt : stored.receipts()) {
            answered(receipt, ReasonCode.SUCCESS, List.of());
        }
    }

    private void answered(long receipt, ReasonCode whole, List<Integer> elsewhere) {
        Frame frame = underWay.remove(receipt);
        if (frame == null) {
            return;
        }
        frame.done(whole);
        for (Errand errand : frame.errands()) {
            boolean here = !elsewhere.contains(errand.shard());
            answered(errand, receipt, here ? whole : ReasonCode.USE_ANOTHER_SERVER);
        }
    }

    /** The node is gone, or was started anew: what it was sent, it does not have. */
    public void gone(NodeId node) {
        loop.assertInside();
        Map<Long, Frame> lost = new TreeMap<>(); // in the order of sending
        underWay.forEach(
                (number, frame) -> {
                    if (frame.to().equals(node)) {
                        lost.put(number, frame);
                    }
                });
        underWay.keySet().removeAll(lost.keySet());
        lost.forEach((number, frame) -> returned(frame, number));
    }

    private void answered(Errand errand, long frame, ReasonCode outcome) {
        if (!errand.isIn(frame)) {
            return; // it was given to another since
        }
        ShardWay way = ways[errand.shard()];
        if (outcome == ReasonCode.USE_ANOTHER_SERVER) {
            errand.back();
            way.refuse();
            retryLater();
        } else if (way.remove(errand)) {
            bytes.addAndGet(-errand.bytes());
            errand.done(outcome);
        }
    }

    private void leaderChanged(int shard, @Nullable NodeId leader) {
        ShardWay way = ways[shard];
        boolean wasHere = peers.self().equals(way.leader());
        way.leader(leader);
        if (wasHere) { // what the shard's loop has still to refuse comes back first
            way.hold();
            shards.behind(shard, () -> loop.execute(() -> released(way)));
        } else {
            giveAgain(way);
        }
    }

    private void released(ShardWay way) {
        way.release();
        giveAgain(way);
    }

    /** All that is not answered, from the first on, if there is somebody to take it. */
    private void giveAgain(ShardWay way) {
        for (Errand errand : way.unanswered()) {
            NodeId leader = way.open();
            if (leader == null) {
                return;
            }
            sentAgain.increment();
            List<Frame> frames = new ArrayList<>(1);
            place(errand, leader, frames);
            frames.forEach(this::send);
        }
    }

    /** Some found nobody to take them, though no other leader may be announced. */
    private void retryLater() {
        if (!retryComes) {
            retryComes = true;
            loop.schedule(RETRY_MILLIS, this::retry);
        }
    }

    private void retry() {
        retryComes = false;
        for (ShardWay way : ways) {
            if (way.isRefused()) {
                way.tryAgain();
                giveAgain(way);
            }
        }
    }

    private Errand matching(Publication publication, int shard, @Nullable PublishReceipt parts) {
        return new Errand(publication, shard, new Purpose.Matching(), share(parts));
    }

    private static boolean hasLane(LaneTargets[] match, int lane) {
        for (LaneTargets each : match) {
            if (each.lane() == lane) {
                return true;
            }
        }
        return false;
    }

    private static Frame frame(List<Frame> frames, NodeId to, Publication publication) {
        for (Frame each : frames) {
            if (each.to().equals(to)) {
                return each;
            }
        }
        Frame added = new Frame(to, publication);
        frames.add(added);
        return added;
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

    private static @Nullable Receipt share(@Nullable PublishReceipt parts) {
        return parts == null ? null : parts.share();
    }
}
