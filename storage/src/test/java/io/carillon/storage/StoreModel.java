package io.carillon.storage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** Random batches and look-ups, on a store and on a sorted map; both have to agree. */
public final class StoreModel {
    private static final int KEYS = 200;

    private final RandomGenerator random;
    private final List<Space> spaces;
    private final Map<Space, TreeMap<byte[], byte[]>> model = new HashMap<>();

    /**
     * Keys that were put once and may be deleted once; {@code deleteOnce} is undefined for others.
     */
    private final Map<Space, Set<Integer>> putOnce = new HashMap<>();

    public StoreModel(long seed, List<Space> spaces) {
        this.random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        this.spaces = spaces;
        for (Space space : spaces) {
            model.put(space, new TreeMap<>(Arrays::compareUnsigned));
            putOnce.put(space, new HashSet<>());
        }
    }

    /** Writes some batches and compares after each. */
    public void run(Store store, int batches) {
        try (Batch batch = store.newBatch()) {
            for (int i = 0; i < batches; i++) {
                int changes = random.nextInt(20);
                for (int j = 0; j < changes; j++) {
                    change(batch);
                }
                store.write(batch);
                if (random.nextInt(5) == 0) {
                    store.sync();
                }
                lookUp(store);
                walk(store);
            }
        }
    }

    /** Compares all keys and values. */
    public void compareAll(Store store) {
        for (Space space : spaces) {
            List<byte[]> expected = new ArrayList<>(model.get(space).keySet());
            int at = 0;
            try (Cursor cursor = store.cursor(space)) {
                for (boolean on = cursor.seek(new byte[0]); on; on = cursor.next()) {
                    assertArrayEquals(expected.get(at), cursor.key());
                    assertArrayEquals(model.get(space).get(expected.get(at)), cursor.value());
                    at++;
                }
            }
            assertEquals(expected.size(), at);
        }
    }

    private void change(Batch batch) {
        Space space = spaces.get(random.nextInt(spaces.size()));
        int number = random.nextInt(KEYS);
        byte[] key = key(number);
        TreeMap<byte[], byte[]> map = model.get(space);
        Set<Integer> once = putOnce.get(space);
        switch (random.nextInt(10)) {
            case 0 -> {
                byte[] to = key(number + random.nextInt(10));
                batch.deleteRange(space, key, to);
                map.keySet().removeIf(each -> isWithin(each, key, to));
                once.removeIf(each -> isWithin(key(each), key, to));
            }
            case 1, 2, 3 -> {
                if (number % 2 == 0) {
                    batch.delete(space, key);
                    map.remove(key);
                } else if (once.remove(number)) {
                    batch.deleteOnce(space, key);
                    map.remove(key);
                }
            }
            default -> {
                byte[] value = new byte[random.nextInt(300)];
                random.nextBytes(value);
                batch.put(space, key, value);
                if (map.put(key, value) == null) {
                    once.add(number);
                } else {
                    once.remove(number);
                }
            }
        }
    }

    private static boolean isWithin(byte[] key, byte[] from, byte[] to) {
        return Arrays.compareUnsigned(from, key) <= 0 && Arrays.compareUnsigned(key, to) < 0;
    }

    private void lookUp(Store store) {
        Space space = spaces.get(random.nextInt(spaces.size()));
        byte[] key = key(random.nextInt(KEYS));
        assertArrayEquals(model.get(space).get(key), store.get(space, key));
    }

    private void walk(Store store) {
        Space space = spaces.get(random.nextInt(spaces.size()));
        byte[] key = key(random.nextInt(KEYS));
        TreeMap<byte[], byte[]> map = model.get(space);
        try (Cursor cursor = store.cursor(space)) {
            byte[] floor = map.floorKey(key);
            assertEquals(floor != null, cursor.seekBack(key));
            if (floor != null) {
                assertArrayEquals(floor, cursor.key());
            }
            boolean on = cursor.seek(key);
            for (var entry : map.tailMap(key).entrySet()) {
                assertEquals(true, on);
                assertArrayEquals(entry.getKey(), cursor.key());
                assertArrayEquals(entry.getValue(), cursor.value());
                on = cursor.next();
            }
            assertEquals(false, on);
            on = cursor.seekBack(key);
            for (byte[] expected : map.headMap(key, true).descendingKeySet()) {
                assertEquals(true, on);
                assertArrayEquals(expected, cursor.key());
                on = cursor.previous();
            }
            assertEquals(false, on);
        }
    }

    /** Keys of several lengths, some a prefix of others, with high bytes among them. */
    private static byte[] key(int number) {
        byte[] key = new byte[1 + number % 3];
        Arrays.fill(key, (byte) (number * 7));
        return key;
    }
}
