package io.carillon.node;

import io.carillon.shard.Shards;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches the free space of the data directory's disk and stops queues and retained messages from
 * growing before it is full: a store that hit a full disk serves nothing until the node is
 * restarted.
 */
final class DiskGuard implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DiskGuard.class);
    private static final long INTERVAL_MILLIS = 1_000;

    private final FileStore disk;
    private final long freeBytesMin;
    private final Shards shards;
    private final ScheduledFuture<?> checks;
    private boolean low;

    private DiskGuard(
            FileStore disk, long freeBytesMin, Shards shards, ScheduledExecutorService timer) {
        this.disk = disk;
        this.freeBytesMin = freeBytesMin;
        this.shards = shards;
        this.checks =
                timer.scheduleAtFixedRate(this::check, 0, INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
    }

    /**
     * Starts watching.
     *
     * @throws StartException if the disk of the directory can't be asked
     */
    static DiskGuard start(
            Path dataDir, long freeBytesMin, Shards shards, ScheduledExecutorService timer)
            throws StartException {
        try {
            return new DiskGuard(Files.getFileStore(dataDir), freeBytesMin, shards, timer);
        } catch (IOException e) {
            throw new StartException("the disk of " + dataDir + " can't be asked: " + e);
        }
    }

    private void check() {
        long free;
        try {
            free = disk.getUsableSpace();
        } catch (IOException e) {
            LOG.warn("the free space of the disk is unknown: {}", e.toString());
            return;
        }
        boolean nowLow = free < freeBytesMin;
        if (nowLow == low) {
            return;
        }
        low = nowLow;
        shards.allowGrowth(!nowLow);
        if (nowLow) {
            LOG.error(
                    "{} bytes are free on the disk, less than storage.diskFreeMin ({}): messages that"
                            + " would have to be stored are refused until there is more",
                    free,
                    freeBytesMin);
        } else {
            LOG.info("the disk has {} free bytes again: messages are stored", free);
        }
    }

    @Override
    public void close() {
        checks.cancel(false);
    }
}
