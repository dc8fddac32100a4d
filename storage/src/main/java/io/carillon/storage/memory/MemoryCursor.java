package io.carillon.storage.memory;

import io.carillon.storage.Cursor;
import io.carillon.storage.StorageException;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NoSuchElementException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** A cursor over a map that nobody writes to any more. */
final class MemoryCursor implements Cursor {
    private final NavigableMap<byte[], byte[]> map;
    private final BooleanSupplier storeClosed;
    private Map.@Nullable Entry<byte[], byte[]> entry;
    private boolean closed;

    MemoryCursor(NavigableMap<byte[], byte[]> map, BooleanSupplier storeClosed) {
        this.map = map;
        this.storeClosed = storeClosed;
    }

    @Override
    public boolean seek(byte[] key) {
        return moveTo(map.ceilingEntry(key));
    }

    @Override
    public boolean seekBack(byte[] key) {
        return moveTo(map.floorEntry(key));
    }

    @Override
    public boolean next() {
        return moveTo(map.higherEntry(current().getKey()));
    }

    @Override
    public boolean previous() {
        return moveTo(map.lowerEntry(current().getKey()));
    }

    @Override
    public byte[] key() {
        return current().getKey().clone();
    }

    @Override
    public byte[] value() {
        return current().getValue().clone();
    }

    @Override
    public void close() {
        closed = true;
        entry = null;
    }

    private boolean moveTo(Map.@Nullable Entry<byte[], byte[]> target) {
        checkOpen();
        entry = target;
        return target != null;
    }

    private Map.Entry<byte[], byte[]> current() {
        checkOpen();
        Map.Entry<byte[], byte[]> now = entry;
        if (now == null) {
            throw new NoSuchElementException("the cursor stands on no key");
        }
        return now;
    }

    private void checkOpen() {
        if (closed || storeClosed.getAsBoolean()) {
            throw new StorageException("the cursor or its store is closed", null);
        }
    }
}
