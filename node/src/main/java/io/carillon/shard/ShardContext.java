package io.carillon.shard;

import io.carillon.loop.Loop;
import io.carillon.retain.RetainedMessages;
import io.carillon.storage.Store;
import io.carillon.topic.TopicTrie;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What the parts of one shard share. All of it belongs to the shard's loop.
 *
 * @param lane the lane of this shard's subscribers in the topic trie
 * @param shards the other shards, for look-ups of retained messages
 */
record ShardContext(
        int number,
        int lane,
        Loop loop,
        InstantSource clock,
        Journal journal,
        Store store,
        StoredQueues queues,
        RetainedMessages retained,
        TopicTrie trie,
        Announcements announcements,
        Supplier<Publisher> publisher,
        Shards shards,
        ShardSettings settings,
        ShardMetrics metrics,
        Map<String, Client> clients) {

    long now() {
        return clock.millis();
    }
}
