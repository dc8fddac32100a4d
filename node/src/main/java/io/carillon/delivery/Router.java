package io.carillon.delivery;

import io.carillon.mqtt.packet.ReasonCode;
import io.carillon.mqtt.packet.TopicFilter;
import io.carillon.shard.Lane;
import io.carillon.shard.Publication;
import io.carillon.shard.Publisher;
import io.carillon.shard.Receipt;
import io.carillon.topic.LaneTargets;
import io.carillon.topic.Match;
import io.carillon.topic.SharedGroup;
import io.carillon.topic.Target;
import io.carillon.topic.Targets;
import io.carillon.topic.TopicTrie;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Hands a publication to everyone it is for: one call per lane, never one per subscriber. Any
 * thread.
 */
public final class Router implements Publisher {
    private static final LaneTargets[] NO_LANES = {};

    private final TopicTrie trie;
    private final Lane[] eventLoops;
    private final Ways ways;

    /**
     * The router of a node.
     *
     * @param eventLoops the first lanes of the trie
     * @param ways to the subscribers at all other lanes
     */
    public Router(TopicTrie trie, List<? extends Lane> eventLoops, Ways ways) {
        this.trie = trie;
        this.eventLoops = eventLoops.toArray(Lane[]::new);
        this.ways = ways;
    }

    /**
     * Routes a publication whose match is known, unless it is retained: all that match get it
     * [MQTT-4.5.0-1] [MQTT3-4.5.0-1].
     *
     * @param receipt told once it is stored, on any thread; null at QoS 0
     * @return the outcome if nothing must be stored: the receipt is not told then. Else null
     */
    public @Nullable ReasonCode publish(
            Publication publication, Match match, @Nullable Receipt receipt) {
        // No other is retained [MQTT-3.3.1-8] [MQTT3-3.3.1-12].
        return publication.retain()
                ? publishRetained(publication, receipt)
                : handOut(publication, match, receipt);
    }

    /**
     * Matched once the shard has it: who subscribes meanwhile is among the matching, or finds it
     * retained.
     */
    private @Nullable ReasonCode publishRetained(
            Publication publication, @Nullable Receipt receipt) {
        PublishReceipt whole = receipt == null ? null : new PublishReceipt(receipt);
        ways.retain(publication, whole);
        Match match = trie.match(publication.message().topic());
        Receipt share = whole == null ? null : whole.share();
        ReasonCode outcome = handOut(publication, match, share);
        if (whole != null) {
            if (outcome != null) {
                whole.done(ReasonCode.SUCCESS);
            }
            whole.seal();
        }
        return null;
    }

    private @Nullable ReasonCode handOut(
            Publication publication, Match match, @Nullable Receipt receipt) {
        LaneTargets[] lanes = match.lanes();
        boolean further = false;
        for (LaneTargets each : lanes) {
            if (each.lane() < eventLoops.length) {
                eventLoops[each.lane()].handOut(publication, each.targets(), null);
            } else {
                further = true;
            }
        }
        List<Target> members = match.groups().length == 0 ? List.of() : pick(publication, match);
        if (further || !members.isEmpty()) {
            handOut(publication, lanes, members, receipt);
            return null;
        }
        return match.isEmpty() ? ReasonCode.NO_MATCHING_SUBSCRIBERS : ReasonCode.SUCCESS;
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
        if (member == null || handedOut(publication, member)) {
            receipt.done(ReasonCode.SUCCESS);
        } else {
            handOut(publication, NO_LANES, List.of(member), receipt);
        }
    }

    /** Gives it to one member of each group; returns those that are not at an event loop. */
    private List<Target> pick(Publication publication, Match match) {
        List<Target> further = List.of();
        for (SharedGroup group : match.groups()) {
            Target member = group.pick(null);
            if (member != null && !handedOut(publication, member)) {
                if (further.isEmpty()) {
                    further = new ArrayList<>(match.groups().length);
                }
                further.add(member);
            }
        }
        return further;
    }

    /** True if the member is at an event loop, and has it now. */
    private boolean handedOut(Publication publication, Target member) {
        int lane = member.subscriber().lane();
        if (lane >= eventLoops.length) {
            return false;
        }
        eventLoops[lane].handOut(publication, Targets.of(member), null);
        return true;
    }

    private void handOut(
            Publication publication,
            LaneTargets[] lanes,
            List<Target> members,
            @Nullable Receipt receipt) {
        PublishReceipt whole = receipt == null ? null : new PublishReceipt(receipt);
        ways.handOut(publication, lanes, members, whole);
        if (whole != null) {
            whole.seal();
        }
    }
}
