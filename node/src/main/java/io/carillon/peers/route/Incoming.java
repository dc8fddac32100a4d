package io.carillon.peers.route;

import io.carillon.cluster.interest.Attributes;
import io.carillon.cluster.interest.Change;
import io.carillon.cluster.interest.Owner;
import io.carillon.cluster.interest.WantsListener;
import io.carillon.mqtt.packet.InvalidTopic;
import io.carillon.mqtt.packet.TopicFilter;
import io.carillon.topic.Lanes;
import io.carillon.topic.StandIn;
import io.carillon.topic.TopicTrie;
import java.util.Arrays;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts what the transient subscribers of other nodes and the shards led elsewhere want into the
 * trie. That keeps none of the strings: a route costs its place there and nothing else. On the
 * cluster loop.
 */
final class Incoming implements WantsListener {
    private static final Logger LOG = LoggerFactory.getLogger(Incoming.class);

    private final TopicTrie trie;
    private final FarShard[] shards;
    private final PeerNodes peers;

    Incoming(Lanes lanes, TopicTrie trie) {
        this.trie = trie;
        this.shards = new FarShard[lanes.shards()];
        this.peers = new PeerNodes(lanes);
        Arrays.setAll(shards, shard -> new FarShard(lanes, shard));
    }

    @Override
    public void changed(Owner owner, List<Change> changes) {
        switch (owner) {
            case Owner.OfNode(var node) -> peers.count(node, applyAll(peers.of(node), changes));
            case Owner.OfShard(var shard) -> {
                if (shard.number() < shards.length) {
                    applyAll(shards[shard.number()], changes);
                } else {
                    LOG.warn(
                            "another node speaks for {}, but there are {} shards: give all nodes the"
                                    + " same cluster.shards",
                            shard,
                            shards.length);
                }
            }
        }
    }

    /** How many routes the stand-in has more than before. */
    private int applyAll(StandIn standIn, List<Change> changes) {
        int more = 0;
        for (Change change : changes) {
            try {
                more += apply(standIn, change);
            } catch (InvalidTopic e) {
                LOG.warn("a route to {} is no topic filter: {}", standIn, e.getMessage());
            }
        }
        return more;
    }

    private int apply(StandIn standIn, Change change) {
        TopicFilter filter = TopicFilter.of(change.string());
        return switch (change) {
            case Change.Add(_, Attributes attributes) -> {
                MemberCount count = MemberCount.of(attributes);
                boolean isNew =
                        filter.isShared()
                                ? trie.route(standIn, filter, count.connected(), count.total())
                                : trie.route(standIn, filter);
                yield isNew ? 1 : 0;
            }
            case Change.Remove _ -> trie.unroute(standIn, filter) ? -1 : 0;
        };
    }
}
