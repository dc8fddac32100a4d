package io.carillon.storage.rocks;

import io.carillon.storage.Cursor;
import io.carillon.storage.StorageException;
import java.util.NoSuchElementException;
import java.util.function.Consumer;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;

/**
 * A cursor over one column family. Its lock is there for the store's closing, which may come from
 * another thread while the cursor is in native code.
 */
final class RocksCursor implements Cursor {
    private final RocksIterator iterator;
    private final Diagnosis diagnosis;
    private final Consumer<RocksCursor> onClose;
    private boolean closed;

    /** Whether it stands on a key: asked once a move, as asking crosses into native code. */
    private boolean standing;

    RocksCursor(RocksIterator iterator, Diagnosis diagnosis, Consumer<RocksCursor> onClose) {
        this.iterator = iterator;
        this.diagnosis = diagnosis;
        this.onClose = onClose;
    }

    @Override
    public synchronized boolean seek(byte[] key) {
        checkOpen();
        iterator.seek(key);
        return arrived();
    }

    @Override
    public synchronized boolean seekBack(byte[] key) {
        checkOpen();
        iterator.seekForPrev(key);
        return arrived();
    }

    @Override
    public synchronized boolean next() {
        checkStanding();
        iterator.next();
        return arrived();
    }

    @Override
    public synchronized boolean previous() {
        checkStanding();
        iterator.prev();
        return arrived();
    }

    @Override
    public synchronized byte[] key() {
        checkStanding();
        return iterator.key();
    }

    @Override
    public synchronized byte[] value() {
        checkStanding();
        return iterator.value();
    }

    @Override
    public void close() {
        closeNative();
        onClose.accept(this);
    }

    synchronized void closeNative() {
        if (!closed) {
            closed = true;
            iterator.close();
        }
    }

    /** A cursor that stands nowhere has come to the end, or failed to read. */
    private boolean arrived() {
        standing = iterator.isValid();
        if (standing) {
            return true;
        }
        try {
            iterator.status();
            return false;
        } catch (RocksDBException e) {
            throw diagnosis.during("read", e);
        }
    }

    private void checkOpen() {
        if (closed) {
            throw new StorageException("the cursor or its store is closed", null);
        }
    }

    private void checkStanding() {
        checkOpen();
        if (!standing) {
            throw new NoSuchElementException("the cursor stands on no key");
        }
    }
}
