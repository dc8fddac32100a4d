package io.carillon.storage.rocks;

import io.carillon.storage.Batch;
import io.carillon.storage.Cursor;
import io.carillon.storage.Space;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * What a queue in a store costs after millions of deletions, run by hand: {@code QueueBench DIR
 * once|delete MESSAGES LAG}. Messages of 200 bytes go into one queue; each is deleted when LAG
 * newer ones are in. Timed are look-ups of the queue's head from the queue's first possible key,
 * which walk over whatever the deletions have left, and from the last known head, which don't.
 */
final class QueueBench {
    private static final Space QUEUE = new Space("queue");
    private static final int BATCH = 32;

    private QueueBench() {}

    public static void main(String[] args) throws IOException {
        Path dir = Files.createTempDirectory(Path.of(args[0]), "queue-bench");
        boolean once = args[1].equals("once");
        long messages = Long.parseLong(args[2]);
        long lag = Long.parseLong(args[3]);
        long[] cold = new long[1_000];
        long[] warm = new long[cold.length];
        int probes = 0;
        long start = System.nanoTime();
        try (RocksStore store = RocksStore.open(dir, List.of(QUEUE), RocksSettings.DEFAULT);
                Batch batch = store.newBatch()) {
            byte[] value = new byte[200];
            for (long i = 0; i < messages; i++) {
                batch.put(QUEUE, key(i), value);
                if (i >= lag) {
                    if (once) {
                        batch.deleteOnce(QUEUE, key(i - lag));
                    } else {
                        batch.delete(QUEUE, key(i - lag));
                    }
                }
                if (i % BATCH == 0) {
                    store.write(batch);
                }
                if (i % (messages / cold.length) == 0 && probes < cold.length) {
                    store.write(batch);
                    cold[probes] = timeOfSeek(store, key(0));
                    warm[probes++] = timeOfSeek(store, key(Math.max(0, i - lag + 1)));
                }
            }
            double took = (System.nanoTime() - start) / 1e9;
            System.out.printf(
                    "%s, %,d messages, lag %,d: %,.0f messages/s; head from the first key %s; from"
                            + " the last known head %s; disk %d MiB%n",
                    args[1],
                    messages,
                    lag,
                    messages / took,
                    percentiles(cold),
                    percentiles(warm),
                    store.diskBytes() >> 20);
        }
        try (var files = Files.walk(dir)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static long timeOfSeek(RocksStore store, byte[] key) {
        long start = System.nanoTime();
        try (Cursor cursor = store.cursor(QUEUE)) {
            cursor.seek(key);
        }
        return (System.nanoTime() - start) / 1_000;
    }

    private static String percentiles(long[] micros) {
        Arrays.sort(micros);
        return "p50 %,d us, p99 %,d us, max %,d us"
                .formatted(
                        micros[micros.length / 2],
                        micros[micros.length * 99 / 100],
                        micros[micros.length - 1]);
    }

    private static byte[] key(long number) {
        return ByteBuffer.allocate(12).putInt(7).putLong(number).array();
    }
}
