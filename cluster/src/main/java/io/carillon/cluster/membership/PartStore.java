package io.carillon.cluster.membership;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One node's part of a shared map, in the cluster. Any thread; no call blocks. */
interface PartStore {

    /**
     * Writes both; completes when all of it is in the cluster and backed up, or exceptionally when
     * that isn't known of some of it. Never called while a former call is under way.
     */
    CompletionStage<Void> write(Map<String, byte[]> put, Set<String> removed);

    /**
     * Reads the part, a page after the other: the next one once the stage that the last was
     * answered with is complete. Entries that change meanwhile may be missed. Completes at the end,
     * or exceptionally when it failed or a page's stage did.
     */
    CompletionStage<Void> read(
            Function<List<Map.Entry<String, byte[]>>, CompletionStage<Void>> page);

    /** The value of one key; null if there is none. May block for a moment when first asked. */
    CompletionStage<byte @Nullable []> get(String key);

    /** Removes all entries; completes exceptionally when that isn't known of some. */
    CompletionStage<Void> clear();

    /** Begins to tell of changes, and returns what ends it. The order of one key's is kept. */
    CompletionStage<Runnable> listen(Changes changes);

    /** Hears of changes, on a thread of the cluster's. */
    interface Changes {
        void put(String key, byte[] value);

        void removed(String key);

        /** All entries are gone, or some may have been lost. */
        void lost();
    }
}
