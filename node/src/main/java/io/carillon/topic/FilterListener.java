package io.carillon.topic;

import io.carillon.mqtt.packet.TopicFilter;

/**
 * Hears which filters have subscriptions on this node, so that other nodes can be told. A filter is
 * its text: {@code a/b} and {@code $share/g/a/b} are announced one by one.
 *
 * <p>Called inside the trie's writer lock, in the order of the changes, after a match can see the
 * first subscription and after no match can see the last. Must neither block, throw nor call the
 * trie.
 */
public interface FilterListener {
    /** Hears nothing: a node without peers. */
    FilterListener NONE =
            new FilterListener() {
                @Override
                public void first(TopicFilter filter) {}

                @Override
                public void last(TopicFilter filter) {}
            };

    /** The first subscription with this filter has come. */
    void first(TopicFilter filter);

    /** The last subscription with this filter has gone. */
    void last(TopicFilter filter);
}
