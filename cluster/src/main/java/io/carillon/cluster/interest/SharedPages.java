package io.carillon.cluster.interest;

import io.carillon.cluster.NodeId;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The map that all nodes share. Each node has a part of it, empty when the node starts, in which it
 * alone writes: what the owners that it speaks for want, in pages by hash. It may lag, and lose or
 * bring back pages: who reads it compares with the speaker afterwards. Called on the loop; never
 * blocks; stages may complete on any thread.
 */
public interface SharedPages {
    /** Pages of an owner, numbered from 0. */
    int PAGES = 1_024;

    /** Which page of a node's part. */
    record PageKey(Owner owner, int number) {
        /** What a key counts for where writes are bounded in bytes. */
        static final int BYTES = 64;

        /** The key as text, the same on all nodes. */
        public String text() {
            return switch (owner) {
                case Owner.OfNode of -> "node/" + of.node() + "/" + number;
                case Owner.OfShard of -> "shard/" + of.shard().number() + "/" + number;
            };
        }
    }

    /**
     * A page to be written.
     *
     * @param content null if there is nothing on it: its key is to go
     */
    record Page(PageKey key, byte @Nullable [] content) {}

    /** Writes these pages of this node's part; there is one call under way at a time. */
    CompletionStage<Void> write(List<Page> pages);

    /** Reads a page of another node's part; null if there is none. */
    CompletionStage<byte @Nullable []> read(NodeId writer, PageKey key);
}
