package io.carillon.shard;

import io.carillon.record.SessionRow;
import io.carillon.session.DurableSession;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a shard knows of a client that is connected now or has a session. On the shard's loop.
 *
 * <p>A client whose session ends with its connection has no {@code session} here: only who is
 * connected, and its will.
 */
final class Client {
    final String id;

    // For the session.
    @Nullable DurableSession session;
    @Nullable DurableSubscriber subscriber;
    @Nullable RetainedFeed feed;

    /** The stored row of a client without a durable session that has a will. */
    @Nullable SessionRow willRow;

    // For the attachment.
    long attachment;
    @Nullable Outlet outlet;
    @Nullable String userName;
    boolean answered;

    Client(String id) {
        this.id = id;
    }

    /** The client's place in the topic trie; it has a durable session. */
    DurableSubscriber hosted() {
        return Objects.requireNonNull(subscriber, "no durable session");
    }

    boolean isConnected() {
        return outlet != null;
    }

    /** The connection, once it may be told anything; else null. */
    @Nullable Outlet listening() {
        return answered ? outlet : null;
    }

    /** The stored row, or null if nothing is stored of this client. */
    @Nullable SessionRow row() {
        DurableSession durable = session;
        return durable != null ? durable.row() : willRow;
    }
}
