package io.carillon.peers.publish;

import io.carillon.cluster.NodeId;
import io.carillon.delivery.PublishReceipt;
import io.carillon.loop.Loop;
import io.carillon.mqtt.packet.ReasonCode;
import io.carillon.mqtt.packet.TopicFilter;
import io.carillon.peers.PeerMessage.Part;
import io.carillon.peers.Peers;
import io.carillon.peers.ShardLeaders;
import io.carillon.shard.Parcel;
import io.carillon.shard.Parcel.Purpose;
import io.carillon.shard.Publication;
import io.carillon.shard.Publisher;
import io.carillon.shard.Receipt;
import io.carillon.shard.Shards;
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
 * Gives errands to whoever takes them now: a shard of this node, or another node. What somebody
 * waits for is kept until it is answered; what is not taken goes again, with all behind it, to
 * whoever takes it then. On the cluster loop, but for the counters.
 */
final class Courier {
    private static final long RETRY_MILLIS = 100;

    /** In place of a frame's number: it is with a shard of this node. */
    private static final long HERE = -1;

    private static final long NOWHERE = 0;

    private final Loop loop;
    private final Shards shards;
    private final Peers peers;
    private final Supplier<Publisher> publisher;

    /** What this start of the node calls itself. */
    private final long source;

    private final WayBook ways = new WayBook();
    private final Map<Long, Frame> underWay = new HashMap<>();
    private final AtomicLong bytes = new AtomicLong();
    private final LongAdder sentAgain = new LongAdder();

    /** Begins elsewhere at each start: a late answer to an earlier one must not fit. */
    private long lastFrame;

    private boolean retryComes;

    Courier(
            Loop loop,
            Shards shards,
            Peers peers,
            ShardLeaders leaders,
            Supplier<Publisher> publisher,
            long source) {
        this.loop = loop;
        this.shards = shards;
        this.peers = peers;
        this.publisher = publisher;
        this.source = source;
        this.lastFrame = source >>> 2;
        for (int i = 0; i < leaders.count(); i++) {
            ways.addShard(leaders.leader(i));
        }
        leaders.listen(this::leaderChanged);
    }

    /** Bytes of what is not answered yet. Any thread. */
    long unansweredBytes() {
        return bytes.get();
    }

    /** What was sent again since it had not been taken. Any thread. */
    long sentAgain() {
        return sentAgain.sum();
    }

    WayBook ways() {
        return ways;
    }

    /**
     * Takes it into the order of its way, and gives it at once if nothing stands before it.
     *
     * @param frames gets what is to be sent for it; see {@link #send}
     * @return false if nobody takes it now and nobody waits for it: it is lost
     */
    boolean give(Errand errand, List<Frame> frames) {
        NodeId taker = errand.way().open();
        if (errand.isAwaited()) {
            bytes.addAndGet(errand.bytes());
            errand.way().add(errand);
        }
        if (taker != null) {
            place(errand, taker, frames);
        }
        return taker != null || errand.isAwaited();
    }

    private void place(Errand errand, NodeId taker, List<Frame> frames) {
        if (taker.equals(peers.self())) {
            giveHere(errand);
        } else {
            frame(frames, taker, errand.publication()).add(errand);
        }
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

    private void giveHere(Errand errand) {
        Parcel parcel = errand.part().parcel(errand.publication(), source);
        errand.given(HERE);
        Receipt receipt =
                errand.isAwaited()
                        ? outcome -> loop.execute(() -> answered(errand, HERE, outcome))
                        : null;
        shards.give(errand.way().shard(), parcel, receipt);
    }

    void send(Frame frame) {
        if (!frame.isAwaited()) {
            peers.tellOnce(frame.to(), frame.message(NOWHERE, source));
            return;
        }
        long number = ++lastFrame;
        frame.errands().forEach(each -> each.given(number));
        if (peers.tell(frame.to(), frame.message(number, source))) {
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
    }

    /**
     * Another node has answered a frame.
     *
     * @param elsewhere the parts that it did not take
     */
    void answered(long number, ReasonCode whole, List<Integer> elsewhere) {
        Frame frame = underWay.remove(number);
        if (frame == null) {
            return;
        }
        for (Errand errand : frame.errands()) {
            boolean here = !elsewhere.contains(errand.way().shard());
            answered(errand, number, here ? whole : ReasonCode.USE_ANOTHER_SERVER);
        }
    }

    /**
     * The node is gone, was started anew, or had taken this one for gone: what is not answered it
     * may have or not, and will not answer.
     */
    void gone(NodeId node) {
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
        if (outcome == ReasonCode.USE_ANOTHER_SERVER) {
            errand.back();
            errand.way().refuse();
            retryLater();
        } else if (forget(errand)) {
            errand.done(outcome);
        }
    }

    /** False if it was forgotten before. */
    private boolean forget(Errand errand) {
        boolean was = errand.way().remove(errand);
        if (was) {
            bytes.addAndGet(-errand.bytes());
        }
        return was;
    }

    private void leaderChanged(int shard, @Nullable NodeId leader) {
        Way way = ways.toShard(shard);
        boolean wasHere = peers.self().equals(way.leader());
        way.leader(leader);
        if (wasHere) { // what the shard's loop has still to refuse comes back first
            way.hold();
            shards.behind(shard, () -> loop.execute(() -> released(way)));
        } else {
            giveAgain(way);
        }
    }

    private void released(Way way) {
        way.release();
        giveAgain(way);
    }

    /** All that is not answered, from the first on, if there is somebody to take it. */
    private void giveAgain(Way way) {
        for (Errand errand : way.unanswered()) {
            NodeId taker = way.open();
            if (taker == null) {
                return;
            }
            sentAgain.increment();
            List<Frame> frames = new ArrayList<>(1);
            place(errand, taker, frames);
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
        for (Way way : ways.refused()) {
            way.tryAgain();
            NodeId node = way.leader();
            if (way.shard() == Part.TRANSIENTS && node != null && !peers.isThere(node)) {
                giveUp(way);
            } else {
                giveAgain(way);
            }
        }
    }

    /** The node is gone, and its transient sessions with it; shared ones may have other members. */
    private void giveUp(Way way) {
        for (Errand errand : way.unanswered()) {
            forget(errand);
            Receipt share = errand.share();
            if (errand.purpose() instanceof Purpose.Member(String filter) && share != null) {
                PublishReceipt parts = new PublishReceipt(share);
                publisher
                        .get()
                        .redispatch(
                                errand.publication(), TopicFilter.of(filter), "", parts.share());
                parts.seal();
            } else {
                errand.done(ReasonCode.SUCCESS);
            }
        }
    }
}
