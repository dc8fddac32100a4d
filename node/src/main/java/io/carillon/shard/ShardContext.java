package io.carillon.shard;

import io.carillon.loop.Loop;
import io.carillon.retain.RetainedMessages;
import io.carillon.storage.StoreView;
import io.carillon.topic.TopicTrie;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What the parts of one shard share. All of it belongs to the shard's loop.
 *
 * @param lane the lane of this shard's subscribers in the topic trie
 * @param ownRetained the retained messages of this shard
 * @param retained those of all shards
 */
record ShardContext(
        int number,
        int lane,
        Loop loop,
        InstantSource clock,
        Journal journal,
        StoreView store,
        StoredQueues queues,
        RetainedMessages ownRetained,
        TopicTrie trie,
        Announcements announcements,
        Supplier<Publisher> publisher,
        Shards shards,
        RetainedSource retained,
        ShardSettings settings,
        ShardMetrics metrics,
        Map<String, Client> clients) {

    long now() {
        return clock.millis();
    }
}
