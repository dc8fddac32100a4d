package io.carillon.storage.rocks;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Properties;
import org.rocksdb.AbstractNativeReference;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Cache;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.Env;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.SstFileManager;
import org.rocksdb.TablePropertiesCollectorFactory;
import org.rocksdb.WALRecoveryMode;
import org.rocksdb.WriteBufferManager;
import org.rocksdb.WriteOptions;

/** RocksDB's options for the load of a broker, and the native objects that they need. */
final class Tuning implements AutoCloseable {
    private static final int OPEN_FILES_MAX = 512;
    private static final long MEMTABLE_BYTES_MAX = 64L << 20;
    private static final long LOG_FILE_BYTES_MAX = 1L << 20;
    private static final long LOG_FILES_MAX = 4;
    private static final int BLOCK_BYTES = 16 << 10;
    private static final long SYNC_STEP_BYTES = 1L << 20;
    private static final double BLOOM_BITS_PER_KEY = 10;

    // A file in which half of any such stretch of entries are deletions is compacted soon, so
    // that reads at the head of a queue don't walk over what was consumed.
    private static final long DELETION_WINDOW_ENTRIES = 4_096;
    private static final long DELETION_TRIGGER_ENTRIES = 2_048;

    // Each log file names the one before and its last change, so that a missing or shortened one in
    // the middle is found. Java has no setter for it.
    private static final Properties LOG_CHAIN = new Properties();

    static {
        LOG_CHAIN.setProperty("track_and_verify_wals", "true");
    }

    private final Deque<AbstractNativeReference> natives = new ArrayDeque<>();
    private final DBOptions db;
    private final ColumnFamilyOptions space;
    private final WriteOptions write;
    private final ReadOptions read;

    Tuning(RocksSettings settings) throws RocksDBException {
        db = owned(DBOptions.getDBOptionsFromProps(LOG_CHAIN));
        space = owned(deletionAware());
        write = owned(new WriteOptions());
        read = owned(new ReadOptions());
        try {
            configureDb(settings);
            configureSpace(settings);
            read.setVerifyChecksums(true);
        } catch (RocksDBException | RuntimeException e) {
            close();
            throw e;
        }
    }

    DBOptions db() {
        return db;
    }

    ColumnFamilyOptions space() {
        return space;
    }

    /** Into RocksDB's log without waiting for the disk. */
    WriteOptions write() {
        return write;
    }

    ReadOptions read() {
        return read;
    }

    @Override
    public void close() {
        while (!natives.isEmpty()) {
            natives.pop().close();
        }
    }

    private void configureDb(RocksSettings settings) throws RocksDBException {
        // The manager books what it counts in a cache. In that of the blocks it would push them
        // out.
        Cache account = owned(new LRUCache(settings.writeBufferBytes()));
        db.setCreateIfMissing(true)
                .setCreateMissingColumnFamilies(true)
                .setParanoidChecks(true)
                .setWalRecoveryMode(
                        settings.salvage()
                                ? WALRecoveryMode.PointInTimeRecovery
                                : WALRecoveryMode.TolerateCorruptedTailRecords)
                .setWriteBufferManager(
                        owned(new WriteBufferManager(settings.writeBufferBytes(), account)))
                .setMaxTotalWalSize(2 * settings.writeBufferBytes())
                .setMaxOpenFiles(OPEN_FILES_MAX)
                .setMaxBackgroundJobs(
                        Math.clamp(Runtime.getRuntime().availableProcessors() / 2, 2, 8))
                .setBytesPerSync(SYNC_STEP_BYTES)
                // The store fails for good at the first error: nothing may mend itself behind it.
                .setMaxBgErrorResumeCount(0)
                .setInfoLogLevel(InfoLogLevel.WARN_LEVEL)
                .setMaxLogFileSize(LOG_FILE_BYTES_MAX)
                .setKeepLogFileNum(LOG_FILES_MAX)
                .setStatsDumpPeriodSec(0)
                .setStatsPersistPeriodSec(0);
        if (settings.diskBytesMax() > 0) {
            SstFileManager files = owned(new SstFileManager(Env.getDefault()));
            files.setMaxAllowedSpaceUsage(settings.diskBytesMax());
            db.setSstFileManager(files);
        }
    }

    private void configureSpace(RocksSettings settings) {
        Cache cache = owned(new LRUCache(settings.blockCacheBytes()));
        BlockBasedTableConfig table =
                new BlockBasedTableConfig()
                        .setBlockCache(cache)
                        .setCacheIndexAndFilterBlocks(true)
                        .setCacheIndexAndFilterBlocksWithHighPriority(true)
                        .setPinL0FilterAndIndexBlocksInCache(true)
                        .setBlockSize(BLOCK_BYTES)
                        .setFilterPolicy(owned(new BloomFilter(BLOOM_BITS_PER_KEY)));
        space.setTableFormatConfig(table)
                .setWriteBufferSize(Math.min(MEMTABLE_BYTES_MAX, settings.writeBufferBytes() / 2))
                .setLevelCompactionDynamicLevelBytes(true)
                // Level 0 is rewritten soon and is the write path; what stays is worth the time.
                .setCompressionPerLevel(
                        List.of(
                                CompressionType.NO_COMPRESSION,
                                CompressionType.NO_COMPRESSION,
                                CompressionType.LZ4_COMPRESSION,
                                CompressionType.LZ4_COMPRESSION,
                                CompressionType.LZ4_COMPRESSION,
                                CompressionType.LZ4_COMPRESSION,
                                CompressionType.LZ4_COMPRESSION));
    }

    /** Only the options of a database with one column family can set this; they can be copied. */
    private ColumnFamilyOptions deletionAware() {
        TablePropertiesCollectorFactory deletions =
                owned(
                        TablePropertiesCollectorFactory.NewCompactOnDeletionCollectorFactory(
                                DELETION_WINDOW_ENTRIES, DELETION_TRIGGER_ENTRIES, 0));
        Options single = owned(new Options());
        single.setTablePropertiesCollectorFactory(List.of(deletions));
        return new ColumnFamilyOptions(single);
    }

    private <T extends AbstractNativeReference> T owned(T nativeObject) {
        natives.push(nativeObject);
        return nativeObject;
    }
}
