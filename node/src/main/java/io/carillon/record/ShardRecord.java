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
     * What a turn changed in the queues of the shard's sessions: one record, whatever came.
     *
     * @param block messages that several entries refer to, by their number from 1; may be empty
     * @param blockReferences how many chunks have such entries; 0 if the block is not stored
     * @param queued what waits from now on
     * @param advances what is done with
     * @param references what was released of earlier blocks
     * @param origins what exactly-once publishers call messages among those queued
     */
    record QueuesChanged(
            long blockNumber,
            List<Message> block,
            int blockReferences,
            List<Chunk> queued,
            List<Advance> advances,
            List<References> references,
            Heard origins)
            implements ShardRecord {}

    /**
     * A session is done with entries.
     *
     * @param removed the first places of the chunks of which all entries are done with
     */
    record Advance(long session, QueueState state, long[] removed) {}

    /**
     * A stored block of messages.
     *
     * @param left how many chunks refer to it still; with 0 it goes
     */
    record References(long block, int left) {}

    /**
     * Messages of an exactly-once publisher were taken.
     *
     * @param via the shared subscription that brought them here, the mark of retained messages, or
     *     null
     * @param taken all that is here by now
     */
    record Received(long session, @Nullable String via, TakenNumbers taken) {}

    /** What the shard had of an exactly-once publisher is too old to be asked for. */
    record OriginForgotten(long session, @Nullable String via) implements ShardRecord {}

    /** A QoS 2 PUBLISH of the session's client was taken under this number. */
    record InboundReceived(long session, int packetId, long number) implements ShardRecord {}

    /** The client let the packet identifier go (PUBREL). */
    record InboundCompleted(long session, int packetId) implements ShardRecord {}

    /**
     * @param totals the shard's retained messages after this change
     * @param origins what publishers call the message
     */
    record RetainedSet(
            Topic topic, RetainedRow row, long replacedExpiry, Totals totals, Heard origins)
            implements ShardRecord {}

    /**
     * @param totals the shard's retained messages after this change
     * @param origins what publishers call the message that cleared it
     */
    record RetainedCleared(Topic topic, long replacedExpiry, Totals totals, Heard origins)
            implements ShardRecord {}

    /**
     * What was heard of publishers.
     *
     * @param atMillis when, in milliseconds since the epoch
     */
    record Heard(List<Received> received, long atMillis) {
        public static final Heard NOTHING = new Heard(List.of(), 0);

        public Heard {
            received = List.copyOf(received);
        }
    }

    /** Number and bytes of the retained messages of a shard. */
    record Totals(long messages, long bytes) {
        public static final Totals NONE = new Totals(0, 0);
    }
}
