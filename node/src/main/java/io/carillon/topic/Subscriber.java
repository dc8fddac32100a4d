package io.carillon.topic;

import io.carillon.loop.AnyThread;

/**
 * Who gets messages: a session, seen from the trie. The trie tells subscribers apart by identity,
 * never by client id, since the old and the new holder of an id may overlap during a takeover.
 */
@AnyThread
public interface Subscriber {
    /** The index of the loop that owns the subscriber, from 0; never changes while subscribed. */
    int lane();

    /** The client id; never changes. */
    String clientId();

    /** True if a client is connected at this moment; decides between members of a shared group. */
    boolean online();
}
