package io.carillon.storage.rocks;

import io.carillon.storage.Batch;
import io.carillon.storage.Cursor;
import io.carillon.storage.Space;
import io.carillon.storage.StorageException;
import io.carillon.storage.Store;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.StampedLock;
import org.jspecify.annotations.Nullable;
import org.rocksdb.FlushOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A store on RocksDB: one column family for each space, one write-ahead log for all.
 *
 * <p>A write goes to the log in the system's memory, so it outlives the process but not the power;
 * {@link #sync} brings the log to the disk. A cursor keeps the files and the memory of its moment
 * alive: close it soon.
 */
public final class RocksStore implements Store {
    private static final Logger LOG = LoggerFactory.getLogger(RocksStore.class);

    private final DataDirectory directory;
    private final Diagnosis diagnosis;
    private final Tuning tuning;
    private final OpenDb db;

    /** Held for reading while a call is in native code, for writing while the store closes. */
    private final StampedLock inUse = new StampedLock();

    private final Set<RocksCursor> cursors = ConcurrentHashMap.newKeySet();
    private volatile @Nullable StorageException failure;
    private boolean closed;

    private RocksStore(DataDirectory directory, Diagnosis diagnosis, Tuning tuning, OpenDb db) {
        this.directory = directory;
        this.diagnosis = diagnosis;
        this.tuning = tuning;
        this.db = db;
    }

    /**
     * Opens the store in the directory, or makes it.
     *
     * @param spaces all that the store has; one that it lacks is made
     * @throws StorageException if it can't be used; the message says why and what to do
     */
    public static RocksStore open(Path dataDir, Collection<Space> spaces, RocksSettings settings) {
        DataDirectory directory = DataDirectory.prepare(dataDir);
        NativeLibrary.load(directory.path());
        Diagnosis diagnosis = new Diagnosis(directory);
        if (settings.salvage()) {
            LOG.warn("salvage: what follows a damage in the log of {} is dropped", directory.db());
        }
        try {
            return open(directory, spaces, new Tuning(settings), diagnosis);
        } catch (RocksDBException e) {
            throw diagnosis.whileOpening(e);
        }
    }

    private static RocksStore open(
            DataDirectory directory, Collection<Space> spaces, Tuning tuning, Diagnosis diagnosis)
            throws RocksDBException {
        try {
            OpenDb db = OpenDb.open(directory, spaces, tuning);
            directory.claim();
            return new RocksStore(directory, diagnosis, tuning, db);
        } catch (RocksDBException | RuntimeException e) {
            tuning.close();
            throw e;
        }
    }

    @Override
    public byte @Nullable [] get(Space space, byte[] key) {
        long stamp = enter();
        try {
            return db.rocks().get(db.handle(space), tuning.read(), key);
        } catch (RocksDBException e) {
            throw diagnosis.during("read", e);
        } finally {
            inUse.unlockRead(stamp);
        }
    }

    @Override
    public Cursor cursor(Space space) {
        long stamp = enter();
        try {
            RocksCursor cursor =
                    new RocksCursor(
                            db.rocks().newIterator(db.handle(space), tuning.read()),
                            diagnosis,
                            cursors::remove);
            cursors.add(cursor);
            return cursor;
        } finally {
            inUse.unlockRead(stamp);
        }
    }

    @Override
    public Batch newBatch() {
        return new RocksBatch(db::id);
    }

    @Override
    public void write(Batch batch) {
        if (batch.isEmpty()) {
            return;
        }
        RocksBatch changes = (RocksBatch) batch;
        long stamp = enter();
        try (WriteBatch copy = new WriteBatch(changes.serialized())) {
            checkWell();
            db.rocks().write(tuning.write(), copy);
            changes.clear();
        } catch (RocksDBException e) {
            throw fail(diagnosis.during("write", e));
        } finally {
            inUse.unlockRead(stamp);
        }
    }

    @Override
    public void sync() {
        long stamp = enter();
        try {
            checkWell();
            db.rocks().syncWal();
        } catch (RocksDBException e) {
            throw fail(diagnosis.during("sync", e));
        } finally {
            inUse.unlockRead(stamp);
        }
    }

    @Override
    public @Nullable String failure() {
        StorageException first = failure;
        return first == null ? null : first.getMessage();
    }

    @Override
    public long diskBytes() {
        return directory.bytes();
    }

    @Override
    public void close() {
        long stamp = inUse.writeLock();
        try {
            if (closed) {
                return;
            }
            closed = true;
            cursors.forEach(RocksCursor::closeNative);
            cursors.clear();
            db.close(failure == null);
            tuning.close();
            directory.release();
        } finally {
            inUse.unlockWrite(stamp);
        }
    }

    /** Moves what the space has in memory to a table. For tests; RocksDB does it by itself. */
    void flush(Space space) {
        long stamp = enter();
        try (FlushOptions waits = new FlushOptions()) {
            db.rocks().flush(waits, db.handle(space));
        } catch (RocksDBException e) {
            throw diagnosis.during("flush", e);
        } finally {
            inUse.unlockRead(stamp);
        }
    }

    private long enter() {
        long stamp = inUse.readLock();
        if (closed) {
            inUse.unlockRead(stamp);
            throw new StorageException("the store is closed", null);
        }
        return stamp;
    }

    private void checkWell() {
        StorageException first = failure;
        if (first != null) {
            throw new StorageException("the store has failed: " + first.getMessage(), first);
        }
    }

    private synchronized StorageException fail(StorageException cause) {
        if (failure == null) {
            failure = cause;
            LOG.error("the store fails for good: {}", cause.getMessage());
        }
        return cause;
    }
}
