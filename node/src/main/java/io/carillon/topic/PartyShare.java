package io.carillon.topic;

import org.jspecify.annotations.Nullable;

/** The members of one party of this node. Changed by the writer, read by any thread. */
final class PartyShare implements Share {
    private final int party;
    private final Members members;
    private volatile int connected;

    PartyShare(int party, Members members) {
        this.party = party;
        this.members = members;
    }

    boolean isOf(int candidate) {
        return party == candidate;
    }

    Members members() {
        return members;
    }

    /** A member has come, gone, connected or disconnected. */
    void countConnected(int change) {
        int before = connected; // the writer alone writes
        connected = before + change;
    }

    @Override
    public int weight(boolean onlyConnected) {
        // A transient session ends with its connection.
        return onlyConnected && party != Lanes.TRANSIENTS ? connected : members.size();
    }

    @Override
    public @Nullable Target take(boolean onlyConnected, @Nullable Subscriber exclude) {
        return members.pick(exclude, onlyConnected);
    }
}
