package io.carillon.cluster.interest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WantTableTest {
    private final StringHash hash = StringHash.keyedBy("secret");
    private final WantTable table = new WantTable();

    @Test
    void aStringIsThereOnceWithItsLatestAttributes() {
        assertTrue(put("a", Attributes.NONE));
        assertFalse(put("a", Attributes.NONE));
        assertTrue(put("a", attributes(1)));
        assertFalse(put("a", attributes(1)));
        assertEquals(1, table.size());
        assertEquals(List.of(new Change.Add("a", attributes(1))), table.wants(Range.ALL));
        assertTrue(remove("a"));
        assertFalse(remove("a"));
        assertEquals(Digest.EMPTY, table.digest());
    }

    @Test
    void theInstanceThatCameFirstIsKept() {
        String first = new String(new char[] {'a', 'b'});
        put(first, Attributes.NONE);
        put("ab", attributes(1));
        assertTrue(first == table.wants(Range.ALL).getFirst().string()); // it is shared with others
    }

    @Test
    void theDigestTellsSetsApartAndNotOrders() {
        WantTable other = new WantTable();
        for (int i = 0; i < 1_000; i++) {
            put("s" + i, Attributes.NONE);
            String reversed = "s" + (999 - i);
            other.put(hash.of(reversed), reversed, Attributes.NONE);
        }
        assertEquals(table.digest(), other.digest());
        put("s7", attributes(3));
        assertNotEquals(table.digest(), other.digest());
        put("s7", Attributes.NONE);
        assertEquals(table.digest(), other.digest());
        remove("s7");
        put("t7", Attributes.NONE);
        assertNotEquals(table.digest(), other.digest());
    }

    @Test
    void aStringWhoseHashIsAnothersIsAnotherString() {
        assertTrue(table.put(5, "a", Attributes.NONE));
        assertTrue(table.put(5, "b", Attributes.NONE));
        assertEquals(2, table.size());
        assertTrue(table.remove(5, "a"));
        assertTrue(table.contains(5, "b"));
    }

    @Test
    void hashesAtTheEndNeedNoWrappingAround() {
        for (int i = 0; i < 500; i++) {
            table.put(-1 - i, "s" + i, Attributes.NONE);
        }
        assertEquals(500, table.wants(new Range(0xffL << 56, 8)).size());
        for (int i = 0; i < 500; i++) {
            assertTrue(table.remove(-1 - i, "s" + i));
        }
        assertTrue(table.isEmpty());
    }

    @Test
    void itsRoomFollowsTheNumberOfStrings() {
        long empty = table.bytes();
        for (int i = 0; i < 10_000; i++) {
            put("s" + i, Attributes.NONE);
        }
        assertTrue(table.bytes() < 10_000 * 25, table.bytes() + " bytes");
        for (int i = 0; i < 10_000; i++) {
            remove("s" + i);
        }
        table.trim();
        assertEquals(empty, table.bytes());
    }

    /** Strings that come or go in the order of their hashes must not take ever longer. */
    @Test
    void stringsMayComeAndGoInTheOrderOfTheirHashes() {
        WantTable source = new WantTable();
        for (int i = 0; i < 200_000; i++) {
            source.put(hash.of("s" + i), "s" + i, Attributes.NONE);
        }
        table.reserve(source.size());
        List<Change.Add> inOrder = source.wants(Range.ALL);
        inOrder.forEach(each -> put(each.string(), Attributes.NONE));
        assertEquals(source.digest(), table.digest());
        inOrder.forEach(each -> assertTrue(remove(each.string())));
        assertTrue(table.isEmpty());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void itAgreesWithAModel(long seed) {
        Random random = new Random(seed);
        Map<String, Attributes> model = new HashMap<>();
        int strings = 1 << 4 + random.nextInt(8);
        for (int i = 0; i < 20_000; i++) {
            String string = "s/" + random.nextInt(strings);
            boolean growing = i / 4_000 % 2 == 0;
            if (random.nextInt(4) < (growing ? 3 : 1)) {
                Attributes attributes = attributes(random.nextInt(3));
                assertEquals(
                        !attributes.equals(model.put(string, attributes)), put(string, attributes));
            } else {
                assertEquals(model.remove(string) != null, remove(string));
            }
            assertEquals(model.size(), table.size());
            if (i % 700 == 0) {
                table.trim();
            }
            if (i % 500 == 0) {
                compare(model, random);
            }
        }
        compare(model, random);
    }

    private void compare(Map<String, Attributes> model, Random random) {
        int bits = random.nextInt(12);
        Digest[] digests = table.digests(Range.ALL, bits);
        assertEquals(table.digest(), sum(digests));
        int index = random.nextInt(1 << bits);
        Range range = bits == 0 ? Range.ALL : Range.ALL.part(index, bits);
        assertEquals(digests[index], table.digest(range));
        Set<Change.Add> expected = new HashSet<>();
        model.forEach(
                (string, attributes) -> {
                    if (range.contains(hash.of(string))) {
                        expected.add(new Change.Add(string, attributes));
                    }
                });
        List<Change.Add> wants = table.wants(range);
        assertEquals(expected.size(), wants.size());
        assertEquals(expected, new HashSet<>(wants));
    }

    private static Digest sum(Digest[] digests) {
        return new Digest(
                IntStream.range(0, digests.length).mapToLong(i -> digests[i].count()).sum(),
                IntStream.range(0, digests.length).mapToLong(i -> digests[i].high()).sum(),
                IntStream.range(0, digests.length).mapToLong(i -> digests[i].low()).sum());
    }

    private static Attributes attributes(int value) {
        return value == 0 ? Attributes.NONE : Attributes.of(new byte[] {(byte) value});
    }

    private boolean put(String string, Attributes attributes) {
        return table.put(hash.of(string), string, attributes);
    }

    private boolean remove(String string) {
        return table.remove(hash.of(string), string);
    }
}
