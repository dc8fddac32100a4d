package io.carillon.peers.publish;

import io.carillon.cluster.NodeId;
import io.carillon.delivery.PublishReceipt;
import io.carillon.loop.Loop;
import io.carillon.mqtt.packet.ReasonCode;
import io.carillon.mqtt.packet.TopicFilter;
import io.carillon.peers.PeerMessage.Part;
import io.carillon.peers.PeerMessage.Publishing;
import io.carillon.peers.Peers;
import io.carillon.shard.Lane;
import io.carillon.shard.Latecomers;
import io.carillon.shard.Parcel;
import io.carillon.shard.Parcel.Purpose;
import io.carillon.shard.Publication;
import io.carillon.shard.Publisher;
import io.carillon.shard.Receipt;
import io.carillon.shard.Senders;
import io.carillon.shard.Shards;
import io.carillon.topic.LaneTargets;
import io.carillon.topic.Lanes;
import io.carillon.topic.Target;
import io.carillon.topic.Targets;
import io.carillon.topic.TopicTrie;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Hands out what other nodes send here, and answers once all of it is stored or handed over. The
 * trie is asked again: the sender knows that somebody here wants it, and not who. On the cluster
 * loop.
 */
public final class Reception {
    private final Loop loop;
    private final Lanes lanes;
    private final TopicTrie trie;
    private final List<? extends Lane> eventLoops;
    private final Shards shards;
    private final Answers answers;
    private final Supplier<Publisher> publisher;
    private final Consumer<NodeId> retaining;

    /** What transient subscribers here were given of each sender. */
    private final Senders senders = new Senders();

    private final Latecomers latecomers = new Latecomers();

    /**
     * @param publisher the router; asked for when a message of a shared subscription needs another
     *     member
     * @param retaining told of each node that sends a retained message: who subscribes from now on
     *     gets it neither from here nor, if it is still under way, from its shard
     */
    public Reception(
            Loop loop,
            Lanes lanes,
            TopicTrie trie,
            List<? extends Lane> eventLoops,
            Shards shards,
            Peers peers,
            Supplier<Publisher> publisher,
            Consumer<NodeId> retaining) {
        this.loop = loop;
        this.lanes = lanes;
        this.trie = trie;
        this.eventLoops = eventLoops;
        this.shards = shards;
        this.answers = new Answers(loop, peers);
        this.publisher = publisher;
        this.retaining = retaining;
    }

    /** What is for this node of a publication. */
    public void received(NodeId from, Publishing publishing) {
        loop.assertInside();
        Set<Integer> elsewhere =
                publishing.parts().isEmpty() ? Set.of() : ConcurrentHashMap.newKeySet();
        PublishReceipt parts =
                new PublishReceipt(outcome -> answer(from, publishing, outcome, elsewhere));
        Publication publication = publishing.publication();
        if (publication.retain() && publication.qos().acknowledged()) {
            retaining.accept(from);
        }
        for (Part part : publishing.parts()) {
            Receipt share = share(part.shard(), parts, elsewhere);
            if (part.shard() == Part.TRANSIENTS) {
                toTransients(publication, part, publishing.sender(), share);
            } else {
                shards.give(part.shard(), part.parcel(publication, publishing.sender()), share);
            }
        }
        parts.seal();
    }

    /** What comes again they have already: they are gone if this node was started anew. */
    private void toTransients(Publication publication, Part part, long sender, Receipt share) {
        Parcel.Order order = part.order(sender);
        if (order == null && latecomers.is(publication)) {
            share.done(ReasonCode.SUCCESS);
            return;
        }
        switch (order == null ? Senders.Place.NEXT : senders.take(order)) {
            case NEXT -> handOut(publication, part.purpose(), share);
            case TAKEN -> share.done(ReasonCode.SUCCESS);
            case BEHIND_A_GAP -> share.done(ReasonCode.USE_ANOTHER_SERVER);
        }
    }

    private void handOut(Publication publication, Purpose purpose, Receipt share) {
        switch (purpose) {
            case Purpose.Matching _ -> {
                handOut(publication);
                share.done(ReasonCode.SUCCESS);
            }
            case Purpose.Member(String filter) ->
                    handOut(publication, TopicFilter.of(filter), share);
            case Purpose.Retaining _ -> throw new IllegalArgumentException("only shards retain");
        }
    }

    private void handOut(Publication publication) {
        for (LaneTargets each : trie.match(publication.message().topic()).lanes()) {
            if (lanes.kind(each.lane()) == Lanes.Kind.EVENT_LOOP) {
                eventLoops.get(each.lane()).handOut(publication, each.targets(), null);
            }
        }
    }

    private void handOut(Publication publication, TopicFilter filter, Receipt share) {
        Target member = trie.pickHere(filter, Lanes.TRANSIENTS, null);
        if (member == null) { // it left while the message was on its way
            publisher.get().redispatch(publication, filter, "", share);
        } else {
            eventLoops
                    .get(member.subscriber().lane())
                    .handOut(publication, Targets.of(member), null);
            share.done(ReasonCode.SUCCESS);
        }
    }

    /** That a part is not taken is told by its number. */
    private static Receipt share(int shard, PublishReceipt parts, Set<Integer> elsewhere) {
        Receipt share = parts.share();
        return outcome -> {
            boolean here = outcome != ReasonCode.USE_ANOTHER_SERVER;
            if (!here) {
                elsewhere.add(shard);
            }
            share.done(here ? outcome : ReasonCode.SUCCESS);
        };
    }

    /** All of it is stored or handed over, or can't be. Any thread. */
    private void answer(
            NodeId to, Publishing publishing, ReasonCode outcome, Set<Integer> elsewhere) {
        if (publishing.receipt() == 0) {
            return;
        }
        if (loop.isInside()) {
            answers.add(to, publishing.receipt(), outcome, elsewhere);
        } else {
            loop.execute(() -> answers.add(to, publishing.receipt(), outcome, elsewhere));
        }
    }
}
