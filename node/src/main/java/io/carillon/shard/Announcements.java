package io.carillon.shard;

import io.carillon.cluster.Epoch;
import io.carillon.loop.AnyThread;

/**
 * Tells other nodes what the durable sessions of shards want, as the topic trie hears it, while
 * this node leads these shards. Never blocks; what comes from one thread is done in order.
 */
@AnyThread
public interface Announcements {
    /** There is no other node. */
    Announcements NONE =
            new Announcements() {
                @Override
                public void lead(int shard, Epoch epoch) {}

                @Override
                public void restored(int shard) {}

                @Override
                public void resign(int shard, Runnable then) {
                    then.run();
                }

                @Override
                public void await(int shard, Runnable task) {
                    task.run();
                }
            };

    /** This node leads from here on; what the shard's sessions want will come to be in the trie. */
    void lead(int shard, Epoch epoch);

    /** The trie has all that the shard's sessions want: other nodes may go by that. */
    void restored(int shard);

    /**
     * This node leads no longer.
     *
     * @param then run once the trie knows of the shard as one led elsewhere, so that its sessions
     *     can be taken out; on any thread, perhaps before the call returns
     */
    void resign(int shard, Runnable then);

    /**
     * Runs the task once all reachable nodes know what the shard's sessions wanted up to now, or
     * the time for that is over. On any thread, perhaps before the call returns. Never, if the end
     * of this leadership comes first: others may have heard of the next leader and not yet of what
     * it wants.
     */
    void await(int shard, Runnable task);

    /**
     * True if the node of a connection may announce it yet: the very start that it was made in is a
     * member.
     *
     * @param connection what it is called, as in {@link AttachRequest#caller}
     */
    default boolean isThere(long connection) {
        return false;
    }
}
