package io.carillon.cluster.membership;

import com.hazelcast.core.EntryEvent;
import com.hazelcast.map.IMap;
import com.hazelcast.map.MapEvent;
import com.hazelcast.map.listener.EntryAddedListener;
import com.hazelcast.map.listener.EntryRemovedListener;
import com.hazelcast.map.listener.EntryUpdatedListener;
import com.hazelcast.map.listener.MapClearedListener;
import com.hazelcast.query.Predicate;
import com.hazelcast.query.Predicates;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A part as a distributed map of its own. What would block runs on virtual threads. */
final class HazelcastPart implements PartStore {
    private static final Logger LOG = LoggerFactory.getLogger(HazelcastPart.class);
    private static final int PAGE_ENTRIES = 1_000;

    private final Supplier<IMap<String, byte[]>> map;
    private final Supplier<List<String>> partitionKeys;

    /**
     * The map of that name, looked up whenever it is needed.
     *
     * @param partitionKeys a key of each partition
     */
    HazelcastPart(Supplier<IMap<String, byte[]>> map, Supplier<List<String>> partitionKeys) {
        this.map = map;
        this.partitionKeys = partitionKeys;
    }

    @Override
    public CompletionStage<Void> write(Map<String, byte[]> put, Set<String> removed) {
        IMap<String, byte[]> target = map.get();
        CompletionStage<?> puts =
                put.isEmpty() ? CompletableFuture.completedFuture(null) : target.setAllAsync(put);
        if (removed.isEmpty()) {
            return puts.thenAccept(done -> {});
        }
        List<CompletableFuture<?>> all = new ArrayList<>(1 + removed.size());
        all.add(puts.toCompletableFuture());
        for (String key : removed) {
            all.add(target.deleteAsync(key).toCompletableFuture());
        }
        return CompletableFuture.allOf(all.toArray(new CompletableFuture<?>[0]));
    }

    @Override
    public CompletionStage<byte @Nullable []> get(String key) {
        return map.get().getAsync(key).<byte @Nullable []>thenApply(value -> value);
    }

    @Override
    public CompletionStage<Void> read(
            Function<List<Map.Entry<String, byte[]>>, CompletionStage<Void>> page) {
        return blocking(
                () -> {
                    // The map's own iterator would ask for each value by itself.
                    for (String key : partitionKeys.get()) {
                        Predicate<String, byte[]> partition =
                                Predicates.partitionPredicate(key, Predicates.alwaysTrue());
                        tell(map.get().entrySet(partition), page);
                    }
                    return null;
                });
    }

    private static void tell(
            Set<Map.Entry<String, byte[]>> entries,
            Function<List<Map.Entry<String, byte[]>>, CompletionStage<Void>> page)
            throws ExecutionException, InterruptedException {
        Iterator<Map.Entry<String, byte[]>> all = entries.iterator();
        while (all.hasNext()) {
            List<Map.Entry<String, byte[]>> next = new ArrayList<>(PAGE_ENTRIES);
            while (all.hasNext() && next.size() < PAGE_ENTRIES) {
                next.add(all.next());
            }
            page.apply(next).toCompletableFuture().get();
        }
    }

    @Override
    public CompletionStage<Runnable> listen(Changes changes) {
        return blocking(
                () -> {
                    IMap<String, byte[]> target = map.get();
                    UUID listener = target.addEntryListener(new Listener(changes), true);
                    return () -> blocking(() -> target.removeEntryListener(listener));
                });
    }

    /** Runs the task whenever entries may have been lost. */
    void watch(Runnable lost) {
        blocking(
                        () -> {
                            IMap<String, byte[]> target = map.get();
                            target.addPartitionLostListener(event -> lost.run());
                            MapClearedListener cleared = event -> lost.run();
                            return target.addEntryListener(cleared, false);
                        })
                .whenComplete(HazelcastPart::log);
    }

    @Override
    public CompletionStage<Void> clear() {
        return blocking(
                () -> {
                    if (!map.get().isEmpty()) {
                        map.get().clear();
                    }
                    return null;
                });
    }

    private static void log(@Nullable Object done, @Nullable Throwable failure) {
        if (failure != null) {
            LOG.warn("a shared map could not be asked: {}", failure.toString());
        }
    }

    private static <T> CompletionStage<T> blocking(Callable<T> task) {
        CompletableFuture<T> result = new CompletableFuture<>();
        Thread.ofVirtual()
                .name("cluster-map")
                .start(
                        () -> {
                            try {
                                result.complete(task.call());
                            } catch (Throwable e) { // whoever waits has to hear of it
                                result.completeExceptionally(e);
                            }
                        });
        return result;
    }

    private record Listener(Changes changes)
            implements EntryAddedListener<String, byte[]>,
                    EntryUpdatedListener<String, byte[]>,
                    EntryRemovedListener<String, byte[]>,
                    MapClearedListener {

        @Override
        public void entryAdded(EntryEvent<String, byte[]> event) {
            changes.put(event.getKey(), event.getValue());
        }

        @Override
        public void entryUpdated(EntryEvent<String, byte[]> event) {
            changes.put(event.getKey(), event.getValue());
        }

        @Override
        public void entryRemoved(EntryEvent<String, byte[]> event) {
            changes.removed(event.getKey());
        }

        @Override
        public void mapCleared(MapEvent event) {
            changes.lost();
        }
    }
}
