package io.carillon.storage.overlay;

import io.carillon.storage.Batch;
import io.carillon.storage.Cursor;
import io.carillon.storage.Space;
import io.carillon.storage.StoreView;
import io.carillon.storage.rocks.RocksSettings;
import io.carillon.storage.rocks.RocksStore;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * What reading through an overlay costs, run by hand: {@code OverlayBench DIR}. 100,000 keys with
 * values of 200 bytes in RocksDB, beside them some pending entries of a put and a deletion each.
 * Measured are the store alone, the overlay with nothing pending, and with more and more: time on
 * the CPU, so that a busy machine disturbs less.
 */
final class OverlayBench {
    private static final Space SPACE = new Space("queue");
    private static final int KEYS = 100_000;
    private static final int ROUNDS = 100_000;
    private static final byte[] VALUE = new byte[200];

    private OverlayBench() {}

    public static void main(String[] args) throws IOException {
        Path dir = Files.createTempDirectory(Path.of(args[0]), "overlay-bench");
        try (RocksStore store = RocksStore.open(dir, List.of(SPACE), RocksSettings.DEFAULT);
                Batch batch = store.newBatch()) {
            for (int i = 0; i < KEYS; i++) {
                batch.put(SPACE, key(2L * i), VALUE);
            }
            store.write(batch);
            for (int round = 0; round < 3; round++) { // the first one warms up
                measure("store", store);
                for (int pending : new int[] {0, 10, 1_000, 100_000}) {
                    measure(pending + " pending entries", overlay(store, pending));
                }
                appendAndCommit(store);
            }
        }
        try (var files = Files.walk(dir)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static Overlay overlay(RocksStore store, int entries) {
        RandomGenerator random = RandomGenerator.of("L64X128MixRandom");
        Overlay overlay = new Overlay(store);
        for (int i = 0; i < entries; i++) {
            overlay.append(entry(random));
        }
        return overlay;
    }

    private static Changes entry(RandomGenerator random) {
        RecordedBatch recorded = new RecordedBatch();
        recorded.put(SPACE, key(random.nextLong(2L * KEYS)), VALUE);
        recorded.deleteOnce(SPACE, key(random.nextLong(2L * KEYS)));
        return recorded.take();
    }

    private static void measure(String what, StoreView view) {
        RandomGenerator random = RandomGenerator.of("L64X128MixRandom");
        long sum = 0;
        long start = cpuNanos();
        for (int i = 0; i < ROUNDS; i++) {
            byte[] value = view.get(SPACE, key(random.nextLong(2L * KEYS)));
            sum += value == null ? 0 : value.length;
        }
        long get = (cpuNanos() - start) / ROUNDS;
        start = cpuNanos();
        for (int i = 0; i < ROUNDS / 10; i++) {
            try (Cursor cursor = view.cursor(SPACE)) {
                boolean on = cursor.seek(key(random.nextLong(2L * KEYS)));
                sum += on ? cursor.value().length : 0;
            }
        }
        long seek = (cpuNanos() - start) / (ROUNDS / 10);
        start = cpuNanos();
        int steps = 0;
        try (Cursor cursor = view.cursor(SPACE)) {
            for (boolean on = cursor.seek(key(0)); on; on = cursor.next()) {
                sum += cursor.key().length + cursor.value().length;
                steps++;
            }
        }
        long step = (cpuNanos() - start) / steps;
        System.out.printf(
                "%-24s get %,d ns; open, seek, close %,d ns; a step of a walk %,d ns (%d)%n",
                what, get, seek, step, sum % 10);
    }

    private static void appendAndCommit(RocksStore store) {
        RandomGenerator random = RandomGenerator.of("L64X128MixRandom");
        Overlay overlay = overlay(store, 1_000);
        long start = cpuNanos();
        for (int i = 0; i < ROUNDS; i++) {
            overlay.append(entry(random));
            overlay.commit();
        }
        System.out.printf(
                "record, append and commit an entry of two changes, 1,000 pending: %,d ns%n",
                (cpuNanos() - start) / ROUNDS);
    }

    private static long cpuNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static byte[] key(long number) {
        return ByteBuffer.allocate(12).putInt(7).putLong(number).array();
    }
}
