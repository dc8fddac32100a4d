package io.carillon.storage.rocks;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.carillon.storage.Space;
import io.carillon.storage.StorageException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An open RocksDB with a column family for each space, in the format that this release writes. */
final class OpenDb {
    private static final Logger LOG = LoggerFactory.getLogger(OpenDb.class);

    /**
     * The format of what is in the spaces' directory; raised when an older release can't read it.
     */
    private static final int FORMAT = 2;

    private static final byte[] FORMAT_KEY = "format".getBytes(UTF_8);

    private final RocksDB rocks;
    private final List<ColumnFamilyHandle> handles;
    private final Map<Space, Family> bySpace = new HashMap<>();

    /** A space's column family; its number is kept, as batches need it also when all is closed. */
    private record Family(ColumnFamilyHandle handle, int id) {
        Family(ColumnFamilyHandle handle) {
            this(handle, handle.getID());
        }
    }

    private OpenDb(RocksDB rocks, List<ColumnFamilyHandle> handles, List<Space> spaces) {
        this.rocks = rocks;
        this.handles = handles;
        for (int i = 0; i < spaces.size(); i++) {
            bySpace.put(
                    spaces.get(i), new Family(handles.get(i + 1))); // the default one comes first
        }
    }

    static OpenDb open(DataDirectory directory, Collection<Space> wanted, Tuning tuning)
            throws RocksDBException {
        if (!directory.isNew()) {
            refuseUnknownSpaces(directory, wanted);
        }
        List<Space> spaces = List.copyOf(new HashSet<>(wanted));
        List<ColumnFamilyDescriptor> descriptors = new ArrayList<>();
        descriptors.add(new ColumnFamilyDescriptor(RocksDB.DEFAULT_COLUMN_FAMILY, tuning.space()));
        for (Space space : spaces) {
            descriptors.add(
                    new ColumnFamilyDescriptor(space.name().getBytes(UTF_8), tuning.space()));
        }
        List<ColumnFamilyHandle> handles = new ArrayList<>();
        RocksDB rocks = RocksDB.open(tuning.db(), directory.db().toString(), descriptors, handles);
        OpenDb db = new OpenDb(rocks, handles, spaces);
        try {
            db.checkFormat(directory, tuning);
            return db;
        } catch (RocksDBException | RuntimeException e) {
            db.close(false);
            throw e;
        }
    }

    RocksDB rocks() {
        return rocks;
    }

    ColumnFamilyHandle handle(Space space) {
        return family(space).handle();
    }

    int id(Space space) {
        return family(space).id();
    }

    private Family family(Space space) {
        Family family = bySpace.get(space);
        if (family == null) {
            throw new StorageException("the store was opened without space " + space.name(), null);
        }
        return family;
    }

    /** Frees all; nothing may be in native code. */
    void close(boolean sync) {
        try {
            if (sync) {
                rocks.syncWal();
            }
            handles.forEach(ColumnFamilyHandle::close);
            rocks.closeE();
        } catch (RocksDBException e) {
            LOG.error("the store did not close well: {}", e.getMessage());
            rocks.close();
        }
    }

    private static void refuseUnknownSpaces(DataDirectory directory, Collection<Space> wanted)
            throws RocksDBException {
        Set<String> unknown = new HashSet<>();
        try (Options options = new Options()) {
            for (byte[] name : RocksDB.listColumnFamilies(options, directory.db().toString())) {
                unknown.add(new String(name, UTF_8));
            }
        }
        unknown.remove(new String(RocksDB.DEFAULT_COLUMN_FAMILY, UTF_8));
        wanted.forEach(space -> unknown.remove(space.name()));
        if (!unknown.isEmpty()) {
            throw new StorageException(
                    "the store in "
                            + directory.db()
                            + " has spaces that this release doesn't know: "
                            + unknown
                            + "; it was written by a newer release: use that one",
                    null);
        }
    }

    private void checkFormat(DataDirectory directory, Tuning tuning) throws RocksDBException {
        byte[] found = rocks.get(tuning.read(), FORMAT_KEY);
        if (found == null && rocks.getLatestSequenceNumber() == 0) {
            rocks.put(tuning.write(), FORMAT_KEY, Integer.toString(FORMAT).getBytes(UTF_8));
            rocks.syncWal();
            return;
        }
        String format = found == null ? "none" : new String(found, UTF_8);
        if (!format.equals(Integer.toString(FORMAT))) {
            throw new StorageException(
                    "the store in "
                            + directory.db()
                            + " has format "
                            + format
                            + " and this release reads format "
                            + FORMAT
                            + "; it was written by another release: use that one, or restore a"
                            + " backup that fits",
                    null);
        }
    }
}
