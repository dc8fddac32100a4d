package io.carillon.record;

import io.carillon.mqtt.packet.Message;
import io.carillon.mqtt.packet.Subscription;
import io.carillon.mqtt.packet.Topic;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One durable state change of a shard. Immutable. */
public sealed interface ShardRecord {

    /**
     * The session row is as given from now on.
     *
     * @param opened true if the session is new: its number is taken from here on
     */
    record SessionSaved(SessionRow row, boolean opened) implements ShardRecord {}

    /** The session is gone, with its subscriptions, its queue and what it received. */
    record SessionRemoved(long session) implements ShardRecord {}

    record SubscriptionSaved(long session, Subscription subscription) implements ShardRecord {}

    /**
     * @param filter the text of the filter
     */
    record SubscriptionRemoved(long session, String filter) implements ShardRecord {}

    /**
     * A message waits in the queues of sessions. With one receiver it stands in the queue entry;
     * with several it is stored once under its number, which the entries refer to.
     *
     * @param messageNumber the number of the stored message, or 0 if it stands in its only entry
     * @param entries at least one; what came by a shared subscription has a record of its own
     * @param origin what an exactly-once publisher calls it, or null
     * @param atMillis when it came, in milliseconds since the epoch
     */
    record MessageQueued(
            long messageNumber,
            Message message,
            List<Entry> entries,
            @Nullable Origin origin,
            long atMillis)
            implements ShardRecord {}

    /** What the shard had of an exactly-once publisher is too old to be asked for. */
    record OriginForgotten(long session, @Nullable String sharedFilter) implements ShardRecord {}

    /** A place in a session's queue. */
    record Entry(long session, Queued queued) {}

    /**
     * A QoS 2 message was received by the subscriber (PUBREC): only its identifier is still needed.
     */
    record MessageReleased(long session, Queued queued, int referencesLeft)
            implements ShardRecord {}

    /**
     * A queued message is done with: acknowledged, expired or dropped.
     *
     * @param referencesLeft how many queue entries still refer to its stored message
     */
    record MessageDone(long session, Queued queued, int referencesLeft) implements ShardRecord {}

    /** A QoS 2 PUBLISH of the session's client was taken under this number. */
    record InboundReceived(long session, int packetId, long number) implements ShardRecord {}

    /** The client let the packet identifier go (PUBREL). */
    record InboundCompleted(long session, int packetId) implements ShardRecord {}

    /**
     * @param totals the shard's retained messages after this change
     */
    record RetainedSet(Topic topic, RetainedRow row, long replacedExpiry, Totals totals)
            implements ShardRecord {}

    /**
     * @param totals the shard's retained messages after this change
     */
    record RetainedCleared(Topic topic, long replacedExpiry, Totals totals)
            implements ShardRecord {}

    /** Number and bytes of the retained messages of a shard. */
    record Totals(long messages, long bytes) {
        public static final Totals NONE = new Totals(0, 0);
    }
}
