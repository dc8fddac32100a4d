package io.carillon.cluster.ownership;

import java.util.function.Consumer;

/**
 * What nodes tell each other of their shards: one entry a shard, written by its leader, read by
 * all. Entries may come late, twice, in any order or not at all, and an older one may overwrite a
 * newer one: readers keep the newest, and a leader speaks up from time to time, each time with the
 * next revision.
 */
public interface OwnershipView {

    /** Puts the entry of a shard that this node leads. Any thread; never blocks. */
    void put(Ownership ownership);

    /**
     * Calls the listener for each entry that is there and each that comes, on any thread; it must
     * not block.
     */
    void listen(Consumer<Ownership> listener);
}
