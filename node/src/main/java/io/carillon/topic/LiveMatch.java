package io.carillon.topic;

import io.carillon.mqtt.packet.Topic;
import org.jspecify.annotations.Nullable;

/**
 * The match of one topic, kept until a subscription that can alter it changes: what a connection
 * holds for each topic that it publishes to. For one thread at a time.
 *
 * <p>Between calls it keeps the subscribers that it last found from being collected, up to {@value
 * #TARGETS_KEPT_MAX}: so let go of it when the topic is no longer in use. A larger match is found
 * anew each time, which costs little beside delivering it.
 */
public final class LiveMatch {
    private static final int TARGETS_KEPT_MAX = 1_024;

    private final TopicTrie trie;
    private final Topic topic;
    private final int[] slots;
    private long stamp;
    private @Nullable Match kept;

    LiveMatch(TopicTrie trie, Topic topic) {
        this.trie = trie;
        this.topic = topic;
        this.slots = Stamps.slotsOf(topic.utf8());
    }

    public Topic topic() {
        return topic;
    }

    /** Whom a message that is published now is for. */
    public Match now() {
        long current = trie.stamp(slots);
        Match last = kept;
        if (last != null && current == stamp) {
            return last;
        }
        Match match = trie.match(topic);
        kept = match.targetCount() <= TARGETS_KEPT_MAX ? match : null;
        stamp = current;
        return match;
    }
}
