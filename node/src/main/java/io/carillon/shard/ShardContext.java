package io.carillon.shard;

import io.carillon.loop.Loop;
import io.carillon.retain.RetainedMessages;
import io.carillon.storage.StoreView;
import io.carillon.topic.TopicTrie;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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

    private static final Logger LOG = LoggerFactory.getLogger(ShardContext.class);

    long now() {
        return clock.millis();
    }

    /** Runs the task on the shard's loop, if this leadership is not over by then. Any thread. */
    void later(Runnable task) {
        loop.execute(() -> whileLed(task));
    }

    /** Runs the task after a while, if this leadership is not over by then. Any thread. */
    void after(long millis, Runnable task) {
        loop.schedule(millis, () -> whileLed(task));
    }

    /** What the log does not take any more is for the next leader, which finds what is stored. */
    private void whileLed(Runnable task) {
        if (journal.leads()) {
            try {
                task.run();
            } catch (ShardStopped e) {
                LOG.info(
                        "shard {} leaves something to its next leader: {}", number, e.getMessage());
            }
        }
    }
}
