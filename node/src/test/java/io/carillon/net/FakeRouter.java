package io.carillon.net;

import io.carillon.mqtt.packet.ReasonCode;
import io.carillon.mqtt.packet.TopicFilter;
import io.carillon.net.lane.IoLanes;
import io.carillon.shard.Publication;
import io.carillon.shard.Receipt;
import io.carillon.topic.LaneTargets;
import io.carillon.topic.Match;
import io.carillon.topic.SharedGroup;
import io.carillon.topic.Target;
import io.carillon.topic.Targets;
import io.carillon.topic.TopicTrie;
import java.util.ArrayList;
import java.util.List;

/** Hands out to the event loops of a test; keeps receipts back where the test wants it. */
final class FakeRouter implements MessageRouter {
    final List<Publication> published = new ArrayList<>();
    final List<Publication> redispatched = new ArrayList<>();
    final List<Receipt> receipts = new ArrayList<>();
    boolean held;
    boolean failing;
    private final TopicTrie topics;
    private IoLanes lanes;

    FakeRouter(TopicTrie topics) {
        this.topics = topics;
    }

    void lanes(IoLanes lanes) {
        this.lanes = lanes;
    }

    @Override
    public ReasonCode publish(Publication publication, Match match, Receipt receipt) {
        if (failing) {
            throw new IllegalStateException("as the test wants it");
        }
        published.add(publication);
        for (LaneTargets lane : match.lanes()) {
            lanes.lanes().get(lane.lane()).handOut(publication, lane.targets(), null);
        }
        for (SharedGroup group : match.groups()) {
            handOut(publication, group.pick(null));
        }
        if (held && receipt != null) {
            receipts.add(receipt);
            return null;
        }
        return match.isEmpty() ? ReasonCode.NO_MATCHING_SUBSCRIBERS : ReasonCode.SUCCESS;
    }

    @Override
    public void redispatch(
            Publication publication, TopicFilter filter, String leaving, Receipt receipt) {
        redispatched.add(publication);
        handOut(publication, topics.pickFor(filter, null));
    }

    private void handOut(Publication publication, Target member) {
        if (member != null) {
            int lane = member.subscriber().lane();
            lanes.lanes().get(lane).handOut(publication, Targets.of(member), null);
        }
    }
}
