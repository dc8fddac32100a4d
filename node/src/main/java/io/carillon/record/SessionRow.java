package io.carillon.record;

import io.carillon.mqtt.packet.ConnectProperties;
import io.carillon.mqtt.packet.Will;
import org.jspecify.annotations.Nullable;

/**
 * What is stored of a session besides its subscriptions and its queue.
 *
 * @param session its number: the shard in the upper 16 bits, a count in the lower 48
 * @param durable false for a client whose session ends with its connection, stored for its will
 *     only
 * @param attachment the number of the last attachment; no other of the shard ever has it
 * @param caller the connection that was attached: a number like no other's in the cluster, or 0
 *     where no request is told twice
 * @param opened true if that connection opened the session
 * @param detachedAtMillis when that ended, in milliseconds since the epoch; 0 while it is live, 1
 *     if another one has replaced it
 * @param sentSeq messages of the queue below this place may have been sent before
 */
public record SessionRow(
        long session,
        String clientId,
        @Nullable String userName,
        boolean durable,
        long expirySeconds,
        long attachment,
        long caller,
        boolean opened,
        long detachedAtMillis,
        @Nullable Will will,
        long sentSeq) {
    private static final long REPLACED = 1;

    /** True while a client is connected, or was when the node stopped. */
    public boolean live() {
        return detachedAtMillis == 0;
    }

    /** True for the will of a connection that another one has replaced: how it ended is open. */
    public boolean replaced() {
        return !durable && detachedAtMillis == REPLACED;
    }

    /** True if that connection is attached, or was the last one that was. */
    public boolean isOf(long connection) {
        return connection != 0 && caller == connection;
    }

    /** When the session ends unless its client comes back, or {@link Long#MAX_VALUE}. */
    public long expiresAtMillis() {
        if (live() || expirySeconds >= ConnectProperties.NEVER_EXPIRES) {
            return Long.MAX_VALUE;
        }
        return detachedAtMillis + expirySeconds * 1000;
    }

    /** When the will is published unless the client comes back, or {@link Long#MAX_VALUE}. */
    public long willAtMillis() {
        if (will == null || live()) {
            return Long.MAX_VALUE;
        }
        // [MQTT-3.1.3-9]: the session's end is the latest moment for the will.
        return Math.min(detachedAtMillis + will.delaySeconds() * 1000, expiresAtMillis());
    }

    /** True if nobody is connected and the session's time is up. */
    public boolean isOver(long nowMillis) {
        return !live() && (expirySeconds == 0 || expiresAtMillis() <= nowMillis);
    }

    /** A row for the will alone, which is due. */
    public SessionRow willOnly(long number) {
        return new SessionRow(
                number,
                clientId,
                userName,
                false,
                0,
                attachment,
                caller,
                opened,
                Math.max(REPLACED, detachedAtMillis), // no connection has it any more
                will,
                0);
    }

    public SessionRow withoutWill() {
        return new SessionRow(
                session,
                clientId,
                userName,
                durable,
                expirySeconds,
                attachment,
                caller,
                opened,
                detachedAtMillis,
                null,
                sentSeq);
    }

    /** The row once its connection has ended. */
    public SessionRow detached(long nowMillis, long newSentSeq) {
        return new SessionRow(
                session,
                clientId,
                userName,
                durable,
                expirySeconds,
                attachment,
                caller,
                opened,
                Math.max(1, nowMillis),
                will,
                newSentSeq);
    }

    public SessionRow withExpirySeconds(long seconds) {
        return new SessionRow(
                session,
                clientId,
                userName,
                durable,
                seconds,
                attachment,
                caller,
                opened,
                detachedAtMillis,
                will,
                sentSeq);
    }
}
