package io.carillon.net.lane;

/** What event loops count. Each only ever grows. */
public enum NetCount {
    CONNECTIONS_OPENED,
    CONNECTIONS_CLOSED,
    CONNECTS_ACCEPTED,
    /** Clients that were let in and have gone. */
    CLIENTS_GONE,
    CONNECTS_REFUSED,
    /** No CONNECT came, or its authentication took too long. */
    CONNECT_TIMEOUTS,
    KEEP_ALIVE_TIMEOUTS,
    TAKEOVERS,
    /** Packets that cannot be parsed, and such that the protocol forbids. */
    PROTOCOL_ERRORS,
    /** Packets that the server failed to handle: a fault of its own. */
    FAILURES,
    BYTES_RECEIVED,
    BYTES_SENT,
    PACKETS_RECEIVED,
    PACKETS_SENT,
    PUBLISHES_RECEIVED,
    PUBLISHES_SENT,
    /** PUBLISHes of clients that may not publish there. */
    PUBLISHES_NOT_AUTHORIZED,
    SUBSCRIPTIONS_NOT_AUTHORIZED,
    DROPPED_QUEUE_FULL,
    DROPPED_EXPIRED,
    DROPPED_TOO_LARGE,
    DROPPED_SLOW_READER,
    SLOW_READERS_DISCONNECTED,
    /** Times that reading from a publisher stopped because its targets could not follow. */
    PUBLISHERS_PAUSED
}
