package io.carillon.topic;

import org.jspecify.annotations.Nullable;

/** A part of a shared subscription's members that is reached in one way, and how many they are. */
sealed interface Share permits PartyShare, FarShare {

    /** How many members it counts for: those that are connected, or all. */
    int weight(boolean connected);

    /**
     * Whom the next message of this share goes to.
     *
     * @param connected true if the member must be connected
     * @param exclude who is not to get it, or null
     * @return null if there is nobody
     */
    @Nullable Target take(boolean connected, @Nullable Subscriber exclude);
}
