package io.carillon.storage.overlay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.carillon.storage.Space;
import io.carillon.storage.StorageException;
import io.carillon.storage.memory.MemoryStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ChangeBytesTest {
    private static final Space A = new Space("a");
    private static final Space B = new Space("another-space");

    private static final HexFormat HEX = HexFormat.of();

    private final RecordedBatch batch = new RecordedBatch();

    @Test
    void changesComeOutAsTheyWentInOneLayerAfterTheOther() {
        Random random = new Random(1);
        for (int round = 0; round < 200; round++) {
            List<Changes> layers = new ArrayList<>();
            List<String> expected = new ArrayList<>();
            for (int layer = random.nextInt(4); layer > 0; layer--) {
                change(random, random.nextInt(5));
                Changes changes = batch.take();
                layers.add(changes);
                expected.addAll(texts(changes));
            }
            ChangeBytes.writeTo(ChangeBytes.encode(layers), batch);
            assertEquals(expected, texts(batch.take()));
        }
    }

    @Test
    void aSpaceIsNamedOnce() {
        batch.put(B, new byte[] {1}, new byte[] {2});
        int one = ChangeBytes.encode(List.of(batch.take())).length;
        batch.put(B, new byte[] {1}, new byte[] {2});
        batch.put(B, new byte[] {1}, new byte[] {2});
        assertEquals(one + 6, ChangeBytes.encode(List.of(batch.take())).length);
    }

    @Test
    void aSpaceThatTheStoreLacksIsTold() {
        batch.put(B, new byte[] {1}, new byte[] {2});
        byte[] bytes = ChangeBytes.encode(List.of(batch.take()));
        MemoryStore store = new MemoryStore(List.of(A));
        var e =
                assertThrows(
                        StorageException.class, () -> ChangeBytes.writeTo(bytes, store.newBatch()));
        assertTrue(e.getMessage().contains("another-space"), e.getMessage());
    }

    @Test
    void aLaterReleaseIsTold() {
        var e =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> ChangeBytes.writeTo(new byte[] {2}, batch));
        assertTrue(e.getMessage().contains("version 2"), e.getMessage());
    }

    @Test
    void damagedBytesAreRefused() {
        Random random = new Random(2);
        change(random, 20);
        byte[] whole = ChangeBytes.encode(List.of(batch.take()));
        int refused = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] damaged = Arrays.copyOf(whole, 1 + random.nextInt(whole.length));
            damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            try {
                ChangeBytes.writeTo(damaged, batch);
            } catch (IllegalArgumentException e) {
                refused++;
            }
            batch.clear();
        }
        assertTrue(refused > 10_000, "only " + refused);
    }

    private void change(Random random, int count) {
        for (int i = 0; i < count; i++) {
            Space space = random.nextBoolean() ? A : B;
            byte[] key = bytes(random, 200);
            switch (random.nextInt(4)) {
                case 0 -> batch.delete(space, key);
                case 1 -> batch.deleteOnce(space, key);
                case 2 -> batch.deleteRange(space, key, bytes(random, 200));
                default -> batch.put(space, key, bytes(random, 20_000));
            }
        }
    }

    private static byte[] bytes(Random random, int lengthMax) {
        byte[] bytes = new byte[random.nextInt(random.nextBoolean() ? 5 : lengthMax)];
        random.nextBytes(bytes);
        return bytes;
    }

    private static List<String> texts(Changes changes) {
        return changes.list().stream()
                .map(
                        change ->
                                switch (change) {
                                    case Change.Put(Space space, byte[] key, byte[] value) ->
                                            text("put", space, key, value);
                                    case Change.Delete(Space space, byte[] key) ->
                                            text("delete", space, key);
                                    case Change.DeleteOnce(Space space, byte[] key) ->
                                            text("once", space, key);
                                    case Change.DeleteRange(Space space, byte[] from, byte[] to) ->
                                            text("range", space, from, to);
                                })
                .toList();
    }

    private static String text(String kind, Space space, byte[]... bytes) {
        return kind + " " + space.name() + " " + Arrays.stream(bytes).map(HEX::formatHex).toList();
    }
}
