package io.carillon.topic;

import io.carillon.mqtt.packet.Topic;

/**
 * The match of one topic, kept until a subscription that can alter it changes: what a connection
 * holds for each topic that it publishes to. For one thread at a time.
 */
public final class LiveMatch {
    private final TopicTrie trie;
    private final Topic topic;
    private final int[] slots;
    private long stamp;
    private Match match;

    LiveMatch(TopicTrie trie, Topic topic) {
        this.trie = trie;
        this.topic = topic;
        this.slots = Stamps.slotsOf(topic.utf8());
        // The stamp is read before the walk: a change in between makes the next call walk again.
        this.stamp = trie.stamp(slots);
        this.match = trie.match(topic);
    }

    public Topic topic() {
        return topic;
    }

    /** Whom a message that is published now is for. */
    public Match now() {
        long current = trie.stamp(slots);
        if (current != stamp) {
            match = trie.match(topic);
            stamp = current;
        }
        return match;
    }
}
