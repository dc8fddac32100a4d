package io.carillon.bench.report;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;

/**
 * What the disk itself does: appends of 4 KiB, each synced (fdatasync) before the next. A message
 * that is acknowledged only when it is on the disk can't be faster.
 *
 * @param perSecond synced appends
 * @param latency of one
 */
public record DiskSync(double perSecond, Latency latency) {
    private static final int BLOCK_BYTES = 4 << 10;
    private static final long MEASURE_NANOS = TimeUnit.SECONDS.toNanos(2);

    /**
     * Appends for two seconds to a file of its own, which it deletes.
     *
     * @throws IOException if the folder can't be written to
     */
    public static DiskSync measure(Path folder) throws IOException {
        Path file = Files.createTempFile(folder, "sync", ".bench");
        Latency latency = new Latency();
        ByteBuffer block = ByteBuffer.allocateDirect(BLOCK_BYTES);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            long begin = System.nanoTime();
            long now = begin;
            while (now - begin < MEASURE_NANOS) {
                channel.write(block.clear());
                channel.force(false);
                long done = System.nanoTime();
                latency.record(done - now);
                now = done;
            }
            double seconds = (now - begin) / (double) TimeUnit.SECONDS.toNanos(1);
            return new DiskSync(latency.samples() / seconds, latency);
        } finally {
            Files.delete(file);
        }
    }

    public void report(Report report) {
        report.add("diskSyncsPerSecond", "disk: synced appends per second", perSecond)
                .add("diskSyncMicrosP50", "disk: sync p50, µs", latency.percentileMicros(50))
                .add("diskSyncMicrosP99", "disk: sync p99, µs", latency.percentileMicros(99));
    }
}
