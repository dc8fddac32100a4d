package io.carillon.storage.rocks;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.carillon.storage.Batch;
import io.carillon.storage.Cursor;
import io.carillon.storage.Space;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** A data directory, and ways to damage the files of a store that was closed. */
record DataDir(Path path) {
    static final Space A = new Space("a");
    static final Space B = new Space("b");

    /** So small that a few megabytes make several logs and files. */
    static final RocksSettings SMALL = new RocksSettings(1 << 20, 1 << 20, 0, false);

    static final RocksSettings SALVAGE = new RocksSettings(1 << 20, 1 << 20, 0, true);

    RocksStore open(RocksSettings settings) {
        return RocksStore.open(path, List.of(A, B), settings);
    }

    /** RocksDB's files whose names start and end so, the oldest first. */
    List<Path> files(String prefix, String suffix) throws IOException {
        try (Stream<Path> all = Files.list(path.resolve("db"))) {
            return all.filter(each -> each.getFileName().toString().startsWith(prefix))
                    .filter(each -> each.getFileName().toString().endsWith(suffix))
                    .sorted()
                    .toList();
        }
    }

    static void flipByteInTheMiddle(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 0x55;
        Files.write(file, bytes);
    }

    static void cutOff(Path file, int count) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, bytes.length - count));
    }

    static void zeroLast(Path file, int count) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        Arrays.fill(bytes, bytes.length - count, bytes.length, (byte) 0);
        Files.write(file, bytes);
    }

    /** Puts numbered keys with a value of 100 bytes each, in a batch each, from 0. */
    static void putNumbers(RocksStore store, Space space, int count) {
        try (Batch batch = store.newBatch()) {
            for (int i = 0; i < count; i++) {
                batch.put(space, key(i), new byte[100]);
                store.write(batch);
            }
        }
    }

    /** The numbers that are in the space. */
    static List<Integer> numbers(RocksStore store, Space space) {
        List<Integer> numbers = new ArrayList<>();
        try (Cursor cursor = store.cursor(space)) {
            for (boolean on = cursor.seek(new byte[0]); on; on = cursor.next()) {
                numbers.add(Integer.valueOf(new String(cursor.key(), UTF_8)));
            }
        }
        return numbers;
    }

    private static byte[] key(int number) {
        return "%06d".formatted(number).getBytes(UTF_8);
    }
}
