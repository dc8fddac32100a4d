package io.carillon.shard;

import io.carillon.session.DurableSession;
import io.carillon.topic.Subscriber;

/** A durable session, as the topic trie and the lanes see it. */
final class DurableSubscriber implements Subscriber {
    private final int lane;
    private final Client client;
    private final DurableSession session;
    private volatile boolean online;
    private boolean left;

    DurableSubscriber(int lane, Client client, DurableSession session) {
        this.lane = lane;
        this.client = client;
        this.session = session;
    }

    /** The client; to be touched on its shard's loop only. */
    Client client() {
        return client;
    }

    /** The session; to be touched on its shard's loop only. */
    DurableSession session() {
        return session;
    }

    void online(boolean value) {
        online = value;
    }

    /** The leadership under which this session was here is over; on its shard's loop. */
    void leave() {
        left = true;
    }

    /** True after {@link #leave}: a later leadership knows the session by another subscriber. */
    boolean hasLeft() {
        return left;
    }

    @Override
    public int lane() {
        return lane;
    }

    @Override
    public String clientId() {
        return client.id;
    }

    @Override
    public boolean online() {
        return online;
    }
}
