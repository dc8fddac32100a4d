package io.carillon.shard;

import io.carillon.session.DurableSession;
import io.carillon.topic.Subscriber;

/** A durable session, as the topic trie and the lanes see it. */
final class DurableSubscriber implements Subscriber {
    private final int lane;
    private final DurableSession session;
    private volatile boolean online;

    DurableSubscriber(int lane, DurableSession session) {
        this.lane = lane;
        this.session = session;
    }

    /** The session; to be touched on its shard's loop only. */
    DurableSession session() {
        return session;
    }

    void online(boolean value) {
        online = value;
    }

    @Override
    public int lane() {
        return lane;
    }

    @Override
    public String clientId() {
        return session.row().clientId();
    }

    @Override
    public boolean online() {
        return online;
    }
}
