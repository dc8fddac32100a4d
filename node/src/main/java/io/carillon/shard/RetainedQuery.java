package io.carillon.shard;

import io.carillon.mqtt.packet.Topic;
import io.carillon.mqtt.packet.TopicFilter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a look-up of retained messages stands: it goes shard by shard and page by page, so that
 * neither the broker nor the reader holds more than a page.
 *
 * @param shards those to ask, the next one first; never empty
 * @param after the last topic of the first shard that was read, or null to begin
 */
public record RetainedQuery(TopicFilter filter, List<Integer> shards, @Nullable Topic after) {
    public RetainedQuery {
        shards = List.copyOf(shards);
    }

    /** The shard to ask next. */
    public int shard() {
        return shards.getFirst();
    }

    /** What to ask for the rest of a shard, behind a topic of it. */
    public RetainedQuery behind(Topic last) {
        return new RetainedQuery(filter, shards, last);
    }

    /** What to ask next, once a shard's page ended behind that topic, or at its end (null). */
    public @Nullable RetainedQuery next(@Nullable Topic last) {
        if (last != null) {
            return behind(last);
        }
        return shards.size() == 1
                ? null
                : new RetainedQuery(filter, shards.subList(1, shards.size()), null);
    }
}
