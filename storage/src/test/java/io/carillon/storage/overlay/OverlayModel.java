package io.carillon.storage.overlay;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.carillon.storage.Batch;
import io.carillon.storage.Cursor;
import io.carillon.storage.Space;
import io.carillon.storage.Store;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * Random entries over a store, written, committed and discarded, and sorted maps that have them all
 * at once; reads of both have to agree, also by cursors that were opened long ago.
 */
final class OverlayModel {
    private static final int ENTRIES_MAX = 12;
    private static final int WALKERS_MAX = 4;
    private static final byte[] ALPHABET = {0, 1, (byte) 0x80, (byte) 0xFF};

    /** What the spaces hold. */
    private record State(Map<Space, TreeMap<byte[], byte[]>> maps) {
        static State empty(List<Space> spaces) {
            Map<Space, TreeMap<byte[], byte[]>> maps = new HashMap<>();
            spaces.forEach(space -> maps.put(space, new TreeMap<>(Arrays::compareUnsigned)));
            return new State(maps);
        }

        TreeMap<byte[], byte[]> of(Space space) {
            return maps.get(space);
        }

        State copy() {
            Map<Space, TreeMap<byte[], byte[]>> copies = new HashMap<>();
            maps.forEach((space, map) -> copies.put(space, new TreeMap<>(map)));
            return new State(copies);
        }
    }

    /** An entry, and what the spaces hold with it and all before. */
    private record Entry(Changes changes, State after) {}

    private final RandomGenerator random;
    private final List<Space> spaces;
    private final Store store;
    private final Overlay overlay;
    private final RecordedBatch recorded = new RecordedBatch();
    private final ArrayDeque<Entry> unwritten = new ArrayDeque<>();
    private final List<OverlayWalker> walkers = new ArrayList<>();
    private State newest;
    private State written;
    private int writtenUncommitted;

    OverlayModel(long seed, List<Space> spaces, Store store) {
        this.random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        this.spaces = spaces;
        this.store = store;
        this.overlay = new Overlay(store);
        this.newest = State.empty(spaces);
        this.written = State.empty(spaces);
    }

    void run(int steps) {
        for (int i = 0; i < steps; i++) {
            step();
            lookUp();
            walkers.forEach(walker -> walker.move(random, key()));
            assertEquals(unwritten.size() + writtenUncommitted, overlay.pendingEntries());
        }
        walkers.forEach(OverlayWalker::close);
        compareAll();
        while (overlay.pendingEntries() > 0) {
            commit();
            compareAll();
        }
        assertEquals(0, overlay.pendingBytes());
    }

    private void step() {
        int die = random.nextInt(100);
        if (die < 40) {
            append();
        } else if (die < 55) {
            write();
        } else if (die < 75) {
            commit();
        } else if (die < 78) {
            discard();
        } else if (die < 90) {
            openWalker();
        } else if (!walkers.isEmpty()) {
            walkers.remove(random.nextInt(walkers.size())).close();
        }
    }

    private void append() {
        if (overlay.pendingEntries() == ENTRIES_MAX) {
            return;
        }
        newest = newest.copy();
        int changes = random.nextInt(8);
        for (int i = 0; i < changes; i++) {
            change();
        }
        Changes entry = recorded.take();
        overlay.append(entry);
        unwritten.add(new Entry(entry, newest));
    }

    /** Half of the keys are put only if they aren't there, so that they may be deleted once. */
    private void change() {
        Space space = space();
        TreeMap<byte[], byte[]> map = newest.of(space);
        byte[] key = key();
        boolean once = Math.floorMod(Arrays.hashCode(key), 2) == 1;
        switch (random.nextInt(10)) {
            case 0 -> {
                byte[] to = key();
                recorded.deleteRange(space, key, to);
                if (Arrays.compareUnsigned(key, to) < 0) {
                    map.subMap(key, to).clear();
                }
            }
            case 1, 2, 3 -> {
                if (!once) {
                    recorded.delete(space, key);
                    map.remove(key);
                } else if (map.remove(key) != null) {
                    recorded.deleteOnce(space, key);
                }
            }
            default -> {
                if (!once || !map.containsKey(key)) {
                    byte[] value = new byte[random.nextInt(4)];
                    random.nextBytes(value);
                    recorded.put(space, key, value);
                    map.put(key, value);
                }
            }
        }
    }

    /** The store gets ahead of what is committed. */
    private void write() {
        Entry entry = unwritten.poll();
        if (entry != null) {
            try (Batch batch = store.newBatch()) {
                entry.changes().writeTo(batch);
                store.write(batch);
            }
            written = entry.after();
            writtenUncommitted++;
        }
    }

    private void commit() {
        if (writtenUncommitted == 0) {
            write();
        }
        if (writtenUncommitted > 0) {
            overlay.commit();
            writtenUncommitted--;
        }
    }

    private void discard() {
        overlay.discard();
        unwritten.clear();
        writtenUncommitted = 0;
        newest = written;
    }

    private void openWalker() {
        if (walkers.size() < WALKERS_MAX) {
            Space space = space();
            walkers.add(new OverlayWalker(overlay.cursor(space), new TreeMap<>(newest.of(space))));
        }
    }

    private void lookUp() {
        for (int i = 0; i < 3; i++) {
            Space space = space();
            byte[] key = key();
            assertArrayEquals(newest.of(space).get(key), overlay.get(space, key));
        }
    }

    private void compareAll() {
        for (Space space : spaces) {
            try (Cursor cursor = overlay.cursor(space)) {
                boolean on = cursor.seek(new byte[0]);
                for (var entry : newest.of(space).entrySet()) {
                    assertEquals(true, on);
                    assertArrayEquals(entry.getKey(), cursor.key());
                    assertArrayEquals(entry.getValue(), cursor.value());
                    on = cursor.next();
                }
                assertEquals(false, on);
            }
        }
    }

    private Space space() {
        return spaces.get(random.nextInt(spaces.size()));
    }

    /** Few enough to meet often; some a prefix of others, one empty. */
    private byte[] key() {
        byte[] key = new byte[random.nextInt(4)];
        for (int i = 0; i < key.length; i++) {
            key[i] = ALPHABET[random.nextInt(ALPHABET.length)];
        }
        return key;
    }
}
