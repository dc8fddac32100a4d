package io.carillon.cluster.membership;

/** What a member shares with the others as long as it is one. On the loop of the member. */
abstract sealed class Shared permits SharedMap, LookupMap {

    /** The member has joined. */
    abstract void start();

    /** Parts of the cluster that were apart have come together. */
    abstract void healed();

    /** The member leaves. */
    abstract void stop();
}
