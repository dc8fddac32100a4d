package io.carillon.cluster.membership;

import io.carillon.cluster.NodeId;
import io.carillon.loop.Loop;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A map of the whole cluster, in memory, in which each node writes a part of its own, empty when
 * the node starts, and looks up single entries of the others'. Nobody follows it, and no node keeps
 * a copy to write again: entries may get lost, and then the writer is told.
 *
 * <p>Keys and values travel between nodes in plain text. Calls are on the loop of the {@link
 * ClusterMember} and don't block; stages complete on any thread.
 */
public final class LookupMap extends Shared {
    private final Loop loop;
    private final Members members;
    private final PartStores stores;
    private final Runnable lost;
    private final GoneParts gone;
    private @Nullable CompletableFuture<Void> emptied;
    private boolean stopped;

    LookupMap(
            String name,
            Loop loop,
            InstantSource clock,
            Members members,
            PartStores stores,
            Runnable lost,
            long goneMillis) {
        this.loop = loop;
        this.members = members;
        this.stores = stores;
        this.lost = lost;
        this.gone = new GoneParts(name, loop, clock, members, stores, goneMillis);
    }

    /**
     * Writes entries to this node's part and removes others; one call is under way at a time.
     * Completes when all of it is in the cluster, or exceptionally when that isn't known of some of
     * it: without a majority, say.
     *
     * @param removed keys; none of them is in {@code put}
     */
    public CompletionStage<Void> write(Map<String, byte[]> put, Set<String> removed) {
        loop.assertInside();
        if (stopped || !members.hasMajority()) {
            return CompletableFuture.failedStage(
                    new IllegalStateException("no majority of the cluster is in reach"));
        }
        PartStore own = stores.of(members.self());
        return emptied(own).thenCompose(_ -> own.write(put, removed));
    }

    /** Looks up an entry of another node's part; null if there is none. */
    public CompletionStage<byte @Nullable []> read(NodeId owner, String key) {
        loop.assertInside();
        return attempt(() -> stores.of(owner).get(key));
    }

    @Override
    void start() {
        loop.assertInside();
        stores.watch(members.self(), () -> loop.offer(this::tellLost));
        gone.start();
    }

    /** The other side won, without what this node wrote meanwhile. */
    @Override
    void healed() {
        loop.assertInside();
        tellLost();
    }

    @Override
    void stop() {
        loop.assertInside();
        stopped = true;
        gone.stop();
    }

    private void tellLost() {
        if (!stopped) {
            lost.run();
        }
    }

    /** Removes what a former start of this node left behind, before the first write. */
    private CompletionStage<Void> emptied(PartStore own) {
        if (emptied == null || emptied.isCompletedExceptionally()) {
            emptied = attempt(own::clear).toCompletableFuture();
        }
        return emptied;
    }

    private static <T extends @Nullable Object> CompletionStage<T> attempt(
            Supplier<CompletionStage<T>> call) {
        try {
            return call.get();
        } catch (RuntimeException e) {
            return CompletableFuture.failedStage(e); // the member has stopped
        }
    }
}
