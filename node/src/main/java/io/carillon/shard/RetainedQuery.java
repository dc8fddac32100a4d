package io.carillon.shard;

import io.carillon.mqtt.packet.Topic;
import io.carillon.mqtt.packet.TopicFilter;
import org.jspecify.annotations.Nullable;

/**
 * Where a look-up of retained messages stands: it goes shard by shard and page by page, so that
 * neither the broker nor the reader holds more than a page.
 *
 * @param shard the shard to ask next
 * @param lastShard the last one to ask
 * @param after the last topic of that shard that was read, or null to begin
 */
public record RetainedQuery(TopicFilter filter, int shard, int lastShard, @Nullable Topic after) {

    /** What to ask for the rest of a shard, behind a topic of it. */
    RetainedQuery behind(Topic last) {
        return new RetainedQuery(filter, shard, lastShard, last);
    }

    /** What to ask next, once a shard's page ended behind that topic, or at its end (null). */
    @Nullable RetainedQuery next(@Nullable Topic last) {
        if (last != null) {
            return behind(last);
        }
        return shard == lastShard ? null : new RetainedQuery(filter, shard + 1, lastShard, null);
    }
}
