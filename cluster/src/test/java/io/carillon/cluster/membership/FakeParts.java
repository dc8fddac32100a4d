package io.carillon.cluster.membership;

import io.carillon.cluster.NodeId;
import io.carillon.loop.ManualLoop;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A cluster's maps in memory: whatever it is asked happens later, on a loop of its own, and fails
 * when it is told to. A write that fails may have been done by half.
 */
final class FakeParts implements PartStores {
    private static final int PAGE_ENTRIES = 3;

    final ManualLoop network;
    final Map<NodeId, Part> parts = new HashMap<>();
    final List<NodeId> cleared = new ArrayList<>();

    /** Tells whether the next request fails. */
    BooleanSupplier fails = () -> false;

    int largestWrite;

    FakeParts(ManualLoop network) {
        this.network = network;
    }

    @Override
    public Part of(NodeId owner) {
        return parts.computeIfAbsent(owner, Part::new);
    }

    @Override
    public Set<NodeId> owners() {
        return new HashSet<>(parts.keySet());
    }

    @Override
    public void watch(NodeId owner, Runnable lost) {
        of(owner).watchers.add(lost);
    }

    /** One node's part. */
    final class Part implements PartStore {
        private final NodeId owner;
        final TreeMap<String, byte[]> entries = new TreeMap<>();
        final List<Changes> listeners = new ArrayList<>();
        final List<Runnable> watchers = new ArrayList<>();

        Part(NodeId owner) {
            this.owner = owner;
        }

        @Override
        public CompletionStage<Void> write(Map<String, byte[]> put, Set<String> removed) {
            largestWrite = Math.max(largestWrite, put.size() + removed.size());
            CompletableFuture<Void> result = new CompletableFuture<>();
            network.execute(
                    () -> {
                        boolean failing = fails.getAsBoolean();
                        put.forEach(this::put);
                        if (failing) {
                            result.completeExceptionally(new IllegalStateException("half done"));
                            return;
                        }
                        removed.forEach(this::remove);
                        result.complete(null);
                    });
            return result;
        }

        @Override
        public CompletionStage<byte @Nullable []> get(String key) {
            CompletableFuture<byte @Nullable []> result = new CompletableFuture<>();
            network.execute(
                    () -> {
                        if (fails.getAsBoolean()) {
                            result.completeExceptionally(new IllegalStateException("no answer"));
                        } else {
                            result.complete(entries.get(key));
                        }
                    });
            return result;
        }

        @Override
        public CompletionStage<Void> clear() {
            CompletableFuture<Void> result = new CompletableFuture<>();
            network.execute(
                    () -> {
                        if (fails.getAsBoolean()) {
                            result.completeExceptionally(new IllegalStateException("no answer"));
                            return;
                        }
                        cleared.add(owner);
                        lose();
                        result.complete(null);
                    });
            return result;
        }

        @Override
        public CompletionStage<Void> read(
                Function<List<Map.Entry<String, byte[]>>, CompletionStage<Void>> page) {
            CompletableFuture<Void> result = new CompletableFuture<>();
            network.execute(() -> readFrom("", page, result));
            return result;
        }

        @Override
        public CompletionStage<Runnable> listen(Changes changes) {
            CompletableFuture<Runnable> result = new CompletableFuture<>();
            network.execute(
                    () -> {
                        if (fails.getAsBoolean()) {
                            result.completeExceptionally(new IllegalStateException("no answer"));
                            return;
                        }
                        listeners.add(changes);
                        result.complete(() -> listeners.remove(changes));
                    });
            return result;
        }

        void lose() {
            entries.clear();
            listeners.forEach(Changes::lost);
            watchers.forEach(Runnable::run);
        }

        private void readFrom(
                String from,
                Function<List<Map.Entry<String, byte[]>>, CompletionStage<Void>> page,
                CompletableFuture<Void> result) {
            if (fails.getAsBoolean()) {
                result.completeExceptionally(new IllegalStateException("no answer"));
                return;
            }
            List<Map.Entry<String, byte[]>> next =
                    entries.tailMap(from, false).entrySet().stream()
                            .limit(PAGE_ENTRIES)
                            .map(Map.Entry::copyOf)
                            .toList();
            if (next.isEmpty()) {
                result.complete(null);
                return;
            }
            page.apply(next)
                    .whenComplete(
                            (done, failure) -> {
                                if (failure != null) {
                                    result.completeExceptionally(failure);
                                    return;
                                }
                                String last = next.getLast().getKey();
                                network.execute(() -> readFrom(last, page, result));
                            });
        }

        private void put(String key, byte[] value) {
            entries.put(key, value);
            listeners.forEach(each -> each.put(key, value));
        }

        private void remove(String key) {
            if (entries.remove(key) != null) {
                listeners.forEach(each -> each.removed(key));
            }
        }
    }
}
