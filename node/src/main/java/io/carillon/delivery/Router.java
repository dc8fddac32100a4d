package io.carillon.delivery;

import io.carillon.mqtt.packet.ReasonCode;
import io.carillon.mqtt.packet.TopicFilter;
import io.carillon.shard.Lane;
import io.carillon.shard.Publication;
import io.carillon.shard.Publisher;
import io.carillon.shard.Receipt;
import io.carillon.shard.Shards;
import io.carillon.topic.LaneTargets;
import io.carillon.topic.Match;
import io.carillon.topic.SharedGroup;
import io.carillon.topic.Target;
import io.carillon.topic.Targets;
import io.carillon.topic.TopicTrie;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Hands a publication to everyone it is for: one call per lane, never one per subscriber. Any
 * thread.
 */
public final class Router implements Publisher {
    private final TopicTrie trie;
    private final Lane[] lanes;
    private final int firstShardLane;
    private final Shards shards;

    /**
     * The router of a node.
     *
     * @param eventLoops the lanes of event loops; those of the shards follow them
     */
    public Router(TopicTrie trie, List<? extends Lane> eventLoops, Shards shards) {
        this.trie = trie;
        this.shards = shards;
        this.firstShardLane = eventLoops.size();
        this.lanes = new Lane[eventLoops.size() + shards.count()];
        for (int i = 0; i < lanes.length; i++) {
            lanes[i] = i < firstShardLane ? eventLoops.get(i) : shards.lane(i - firstShardLane);
        }
    }

    /**
     * Routes a publication whose match is known: all that match get it [MQTT-4.5.0-1]
     * [MQTT3-4.5.0-1].
     *
     * @param receipt told once it is stored, on any thread; null at QoS 0
     * @return the outcome if nothing must be stored: the receipt is not told then. Else null
     */
    public @Nullable ReasonCode publish(
            Publication publication, Match match, @Nullable Receipt receipt) {
        LaneTargets[] laneTargets = match.lanes();
        SharedGroup[] groups = match.groups();
        if (!publication.retain() && groups.length == 0 && isTransient(laneTargets)) {
            for (LaneTargets each : laneTargets) {
                lanes[each.lane()].handOut(publication, each.targets(), null);
            }
            return laneTargets.length == 0
                    ? ReasonCode.NO_MATCHING_SUBSCRIBERS
                    : ReasonCode.SUCCESS;
        }
        PublishReceipt pending = receipt == null ? null : new PublishReceipt(receipt);
        boolean stored = publication.retain();
        if (publication.retain()) { // and no other [MQTT-3.3.1-8] [MQTT3-3.3.1-12]
            shards.retain(publication, share(pending));
        }
        for (LaneTargets each : laneTargets) {
            stored |= handOut(publication, each.lane(), each.targets(), pending);
        }
        for (SharedGroup group : groups) {
            Target member = group.pick(null);
            if (member != null) {
                stored |= handOut(publication, member, pending);
            }
        }
        if (!stored) {
            return ReasonCode.SUCCESS;
        }
        if (pending != null) {
            pending.seal();
        }
        return null;
    }

    @Override
    public void publish(Publication publication, Receipt receipt) {
        Match match = trie.match(publication.message().topic());
        ReasonCode outcome = publish(publication, match, receipt);
        if (outcome != null) {
            receipt.done(outcome);
        }
    }

    @Override
    public void redispatch(
            Publication publication,
            TopicFilter sharedFilter,
            String leavingClientId,
            Receipt receipt) {
        Target member = trie.pickFor(sharedFilter, null);
        PublishReceipt pending = new PublishReceipt(receipt);
        if (member != null) {
            handOut(publication, member, pending);
        }
        pending.seal();
    }

    /** Hands out to one lane; true if that is a shard, whose share of the receipt is open then. */
    private boolean handOut(
            Publication publication, int lane, Targets targets, @Nullable PublishReceipt pending) {
        boolean shard = lane >= firstShardLane;
        lanes[lane].handOut(publication, targets, shard ? share(pending) : null);
        return shard;
    }

    private boolean handOut(
            Publication publication, Target member, @Nullable PublishReceipt pending) {
        return handOut(publication, member.subscriber().lane(), Targets.of(member), pending);
    }

    private boolean isTransient(LaneTargets[] laneTargets) {
        for (LaneTargets each : laneTargets) {
            if (each.lane() >= firstShardLane) {
                return false;
            }
        }
        return true;
    }

    private static @Nullable Receipt share(@Nullable PublishReceipt pending) {
        return pending == null ? null : pending.share();
    }
}
