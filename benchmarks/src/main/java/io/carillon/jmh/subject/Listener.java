package io.carillon.jmh.subject;

import io.carillon.topic.Subscriber;

/** A subscriber of which only the trie knows. */
record Listener(String clientId) implements Subscriber {
    @Override
    public int lane() {
        return 0;
    }

    @Override
    public boolean online() {
        return true;
    }
}
