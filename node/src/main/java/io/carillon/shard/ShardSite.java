package io.carillon.shard;

import io.carillon.cluster.Epoch;
import io.carillon.cluster.ShardId;
import io.carillon.cluster.replication.ReplicatedLog;
import io.carillon.loop.Loop;
import io.carillon.record.ShardRecord;
import io.carillon.retain.RetainedMessages;
import io.carillon.storage.StoreView;
import io.carillon.topic.TopicTrie;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/**
 * What a shard has on a node, whether the node leads it or not.
 *
 * @param lane the lane of this shard's subscribers in the topic trie
 * @param views what the leader of each shard reads, with what it has appended
 * @param retained the retained messages of all shards
 */
record ShardSite(
        int number,
        int lane,
        Loop loop,
        InstantSource clock,
        ReplicatedLog<ShardRecord> log,
        IntFunction<StoreView> views,
        TopicTrie trie,
        Announcements announcements,
        Supplier<Publisher> publisher,
        Shards shards,
        RetainedSource retained,
        ShardSettings settings,
        ShardMetrics metrics) {

    /** What the parts of a leadership share, new for each. */
    ShardContext context(Epoch epoch) {
        StoreView store = views.apply(number);
        Journal journal =
                new Journal(new ShardId(number), log, loop, clock, epoch, settings.isClustered());
        return new ShardContext(
                number,
                lane,
                loop,
                clock,
                journal,
                store,
                new StoredQueues(number, store, journal),
                new RetainedMessages(number, store, journal::flush),
                trie,
                announcements,
                publisher,
                shards,
                retained,
                settings,
                metrics,
                new HashMap<>());
    }
}
