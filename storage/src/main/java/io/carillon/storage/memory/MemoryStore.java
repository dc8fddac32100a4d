package io.carillon.storage.memory;

import io.carillon.storage.Batch;
import io.carillon.storage.Cursor;
import io.carillon.storage.Space;
import io.carillon.storage.StorageException;
import io.carillon.storage.Store;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A store in memory that keeps apart what is written and what is synced, so that a test can crash
 * it, fail it and hold its syncs. A cursor makes the next write to its space copy the keys: meant
 * for tests of some hundred thousand keys, not for production.
 */
public final class MemoryStore implements Store {
    private final Map<Space, SpaceMap> written = new HashMap<>();
    private final Map<Space, SpaceMap> durable = new HashMap<>();
    private final ArrayDeque<List<Change>> unsynced = new ArrayDeque<>();
    private @Nullable String writeFault;
    private @Nullable String syncFault;
    private @Nullable String failure;
    private boolean syncsHeld;
    private long writes;
    private long syncs;
    private volatile boolean closed;

    public MemoryStore(Collection<Space> spaces) {
        for (Space space : spaces) {
            written.put(space, new SpaceMap());
            durable.put(space, new SpaceMap());
        }
    }

    @Override
    public synchronized byte @Nullable [] get(Space space, byte[] key) {
        checkOpen();
        byte[] value = map(space).forReading().get(key);
        return value == null ? null : value.clone();
    }

    @Override
    public synchronized Cursor cursor(Space space) {
        checkOpen();
        return new MemoryCursor(map(space).snapshot(), () -> closed);
    }

    @Override
    public Batch newBatch() {
        return new MemoryBatch(this::map);
    }

    @Override
    public synchronized void write(Batch batch) {
        checkWell();
        fail(writeFault);
        List<Change> changes = ((MemoryBatch) batch).take();
        changes.forEach(change -> map(change.space())); // all or nothing
        changes.forEach(change -> change.applyTo(map(change.space())));
        unsynced.add(changes);
        writes++;
    }

    @Override
    public synchronized void sync() {
        checkWell();
        long target = writes;
        awaitRelease();
        checkWell();
        fail(syncFault);
        while (writes - unsynced.size() < target) {
            unsynced.remove().forEach(change -> change.applyTo(durableMap(change.space())));
        }
        syncs++;
    }

    @Override
    public synchronized @Nullable String failure() {
        return failure;
    }

    @Override
    public long diskBytes() {
        return 0;
    }

    @Override
    public synchronized void close() {
        closed = true;
        syncsHeld = false;
        notifyAll();
    }

    /** The next write fails with the message, and with it the store. */
    public synchronized void failNextWrite(String message) {
        writeFault = message;
    }

    /** The next sync fails with the message, and with it the store. */
    public synchronized void failNextSync(String message) {
        syncFault = message;
    }

    /** Every {@link #sync} blocks, also one that has begun, until {@link #releaseSyncs}. */
    public synchronized void holdSyncs() {
        syncsHeld = true;
    }

    /** Lets held syncs complete. */
    public synchronized void releaseSyncs() {
        syncsHeld = false;
        notifyAll();
    }

    /** Syncs that completed. */
    public synchronized long syncs() {
        return syncs;
    }

    /** Batches that were written and not synced. */
    public synchronized int unsyncedBatches() {
        return unsynced.size();
    }

    /** The power goes: this store is closed, and the result holds what was synced, no more. */
    public MemoryStore crash() {
        return crash(0);
    }

    /** As {@link #crash()}, but the oldest {@code kept} of the unsynced batches got through. */
    public synchronized MemoryStore crash(int kept) {
        MemoryStore next = new MemoryStore(written.keySet());
        durable.forEach(
                (space, map) -> {
                    next.map(space).forWriting().putAll(map.forReading());
                    next.durableMap(space).forWriting().putAll(map.forReading());
                });
        unsynced.stream()
                .limit(kept)
                .flatMap(List::stream)
                .forEach(
                        change -> {
                            change.applyTo(next.map(change.space()));
                            change.applyTo(next.durableMap(change.space()));
                        });
        close();
        return next;
    }

    private void checkOpen() {
        if (closed) {
            throw new StorageException("the store is closed", null);
        }
    }

    private void checkWell() {
        checkOpen();
        if (failure != null) {
            throw new StorageException("the store has failed: " + failure, null);
        }
    }

    private void fail(@Nullable String fault) {
        if (fault != null) {
            failure = fault;
            throw new StorageException(fault, null);
        }
    }

    private void awaitRelease() {
        try {
            while (syncsHeld) {
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StorageException("interrupted while syncs were held", e);
        }
    }

    private SpaceMap map(Space space) {
        return known(space, written.get(space));
    }

    private SpaceMap durableMap(Space space) {
        return known(space, durable.get(space));
    }

    private static SpaceMap known(Space space, @Nullable SpaceMap map) {
        if (map == null) {
            throw new StorageException("the store was opened without space " + space.name(), null);
        }
        return map;
    }
}
