package io.carillon.shard;

import io.carillon.retain.RetainedMessages;
import io.carillon.storage.Space;
import java.util.List;

/** The spaces of the store that shards use, and what each holds. */
public final class Spaces {
    /** Session number → session row. */
    static final Space SESSIONS = new Space("sessions");

    /** Session number, filter → subscription row. */
    static final Space SUBSCRIPTIONS = new Space("subscriptions");

    /** Session number, first place → entries that came together. */
    static final Space QUEUES = new Space("queues");

    /** Session number → how far it is done with its queue. */
    static final Space QUEUE_STATES = new Space("queue-states");

    /** Shard, block number → messages that several queues refer to. */
    static final Space MESSAGES = new Space("messages");

    /** Shard, block number → how many rows of queues refer to it. */
    static final Space REFERENCES = new Space("references");

    /**
     * Session number, packet identifier → number of the QoS 2 message; identifier 0: the last
     * number.
     */
    static final Space INBOUND = new Space("inbound");

    /**
     * Shard, session number, shared filter or nothing → the newest of its QoS 2 messages that came
     * here that way.
     */
    static final Space ORIGINS = new Space("origins");

    /** Shard → the next session's count. */
    static final Space COUNTERS = new Space("counters");

    private Spaces() {}

    /** All of them, those of retained messages included. */
    public static List<Space> all() {
        return List.of(
                SESSIONS,
                SUBSCRIPTIONS,
                QUEUES,
                QUEUE_STATES,
                MESSAGES,
                REFERENCES,
                INBOUND,
                ORIGINS,
                COUNTERS,
                RetainedMessages.SPACE,
                RetainedMessages.EXPIRIES,
                RetainedMessages.TOTALS);
    }
}
