package io.carillon.topic;

import io.carillon.mqtt.packet.TopicFilter;

/**
 * Hears what each party of subscribers on this node wants, so that other nodes can be told; see
 * {@link Lanes}. A filter is its text: {@code a/b} and {@code $share/g/a/b} are two.
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
                public void first(int party, TopicFilter filter) {}

                @Override
                public void last(int party, TopicFilter filter) {}

                @Override
                public void members(
                        int party, TopicFilter sharedFilter, int connected, int total) {}
            };

    /** The first subscription of the party with this filter, which is not shared, has come. */
    void first(int party, TopicFilter filter);

    /** The last subscription of the party with this filter, which is not shared, has gone. */
    void last(int party, TopicFilter filter);

    /**
     * A shared subscription has other members in the party, or they came or went.
     *
     * @param connected members with a client that is connected
     * @param total members at all; with 0 the last one has gone
     */
    void members(int party, TopicFilter sharedFilter, int connected, int total);
}
