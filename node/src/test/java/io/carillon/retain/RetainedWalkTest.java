package io.carillon.retain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.carillon.mqtt.packet.Message;
import io.carillon.mqtt.packet.QoS;
import io.carillon.mqtt.packet.Topic;
import io.carillon.mqtt.packet.TopicFilter;
import io.carillon.record.RetainedRow;
import io.carillon.record.ShardRecord.Heard;
import io.carillon.record.ShardRecord.RetainedSet;
import io.carillon.record.ShardRecord.Totals;
import io.carillon.storage.Batch;
import io.carillon.storage.Cursor;
import io.carillon.storage.memory.MemoryStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Look-ups with wildcards against matching every topic one by one. */
class RetainedWalkTest {
    /** Levels that begin with each other, that are empty, and that sort below and above a slash. */
    private static final String[] LEVELS = {
        "", "a", "ab", "a!b", "a0", "b", "$a", "\u0001", "a\u0001", "\u00e9", "\ud83d\ude00"
    };

    private final MemoryStore store =
            new MemoryStore(
                    List.of(
                            RetainedMessages.SPACE,
                            RetainedMessages.EXPIRIES,
                            RetainedMessages.TOTALS));
    private final RetainedMessages retained = new RetainedMessages(1, store, () -> {});

    static LongStream seeds() {
        return LongStream.concat(
                LongStream.range(1, 20), RandomGenerator.getDefault().longs(5, 0, 1_000_000));
    }

    /** [MQTT-4.7.1-1] [MQTT-4.7.2-1] [MQTT-4.7.3-4] [MQTT3-4.7.2-1] */
    @ParameterizedTest
    @MethodSource("seeds")
    void findsWhatMatchesAndNothingTwice(long seed) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        Set<String> topics = new HashSet<>();
        for (int i = 0; i < 300; i++) {
            String topic = topic(random);
            if (!topic.isEmpty()) {
                topics.add(topic);
                set(topic);
            }
        }
        setElsewhere("a/b");
        for (int i = 0; i < 200; i++) {
            TopicFilter filter = TopicFilter.of(filter(random));
            int rowsMax = 1 + random.nextInt(30);
            List<String> found = find(filter, rowsMax);
            List<String> expected =
                    topics.stream().filter(topic -> matches(filter.levels(), topic)).toList();
            assertEquals(
                    new HashSet<>(expected), new HashSet<>(found), "seed " + seed + " " + filter);
            assertEquals(expected.size(), found.size(), "seed " + seed + " twice: " + filter);
        }
    }

    private static String topic(RandomGenerator random) {
        StringBuilder topic = new StringBuilder(LEVELS[random.nextInt(LEVELS.length)]);
        for (int left = random.nextInt(4); left > 0; left--) {
            topic.append('/').append(LEVELS[random.nextInt(LEVELS.length)]);
        }
        return topic.toString();
    }

    private static String filter(RandomGenerator random) {
        List<String> levels = new ArrayList<>();
        for (int left = 1 + random.nextInt(4); left > 0; left--) {
            levels.add(random.nextInt(3) == 0 ? "+" : LEVELS[random.nextInt(LEVELS.length)]);
        }
        if (random.nextInt(3) == 0) {
            levels.set(levels.size() - 1, "#");
        }
        String filter = String.join("/", levels);
        return filter.isEmpty() ? "#" : filter;
    }

    /** The rule of the standard, level by level. */
    private static boolean matches(String[] filter, String topic) {
        String[] levels = topic.split("/", -1);
        if (levels[0].startsWith("$") && (filter[0].equals("+") || filter[0].equals("#"))) {
            return false;
        }
        for (int i = 0; i < filter.length; i++) {
            if (filter[i].equals("#")) {
                return true;
            }
            if (i >= levels.length || !filter[i].equals("+") && !filter[i].equals(levels[i])) {
                return false;
            }
        }
        return filter.length == levels.length;
    }

    private void set(String topic) {
        set(1, retained, topic);
    }

    private void setElsewhere(String topic) {
        set(2, new RetainedMessages(2, store, () -> {}), topic);
    }

    private void set(int shard, RetainedMessages messages, String topic) {
        Message message = Message.of(Topic.of(topic), new byte[] {1});
        try (Batch batch = store.newBatch()) {
            RetainedMessages.apply(
                    shard,
                    messages.set(new RetainedRow(message, QoS.AT_LEAST_ONCE), Heard.NOTHING),
                    batch);
            store.write(batch);
        }
    }

    /**
     * A big store, and filters that match little of it: the work follows the matches and the
     * children of {@code +} levels, not the size of the store.
     */
    @ParameterizedTest
    @CsvSource({
        "+/x/#, 1200",
        "a0/+/c, 320",
        "a0/+/c/+, 520",
        "+/+/none, 12000",
        "a7/b3/#, 12",
        "none/#, 2",
        "+/none, 500",
        "a1/none/+, 2",
        "$SYS/#, 2"
    })
    void seeksOnlyWhereItMightMatch(String text, int stepsMax) {
        TopicFilter filter = TopicFilter.of(text);
        big();
        RetainedWalk walk = new RetainedWalk(1, filter);
        int steps = 0;
        int found = 0;
        try (Cursor cursor = store.cursor(RetainedMessages.SPACE)) {
            for (boolean more = cursor.seek(walk.start()); more; steps++) {
                byte[] key = cursor.key();
                byte[] seek = walk.seek(key);
                if (seek == null) {
                    found++;
                    more = cursor.next();
                } else {
                    assertTrue(
                            seek.length == 0 || Arrays.compareUnsigned(seek, key) > 0,
                            "a seek goes forward");
                    more = seek.length > 0 && cursor.seek(seek);
                }
            }
        }
        assertEquals(find(filter, 100).size(), found);
        assertTrue(steps <= stepsMax, text + ": " + steps + " steps for " + found + " matches");
    }

    /** 20 times 100 times 10 topics, and a few others. */
    private void big() {
        try (Batch batch = store.newBatch()) {
            for (int a = 0; a < 20; a++) {
                for (int b = 0; b < 100; b++) {
                    for (String c : List.of("a", "b", "c", "c/d", "c/e", "f", "g", "h", "i", "j")) {
                        put("a" + a + "/b" + b + "/" + c, batch);
                    }
                }
                for (int x = 0; x < 20; x++) {
                    put("a" + a + "/x/" + x, batch);
                }
                put("$SYS" + a + "/x", batch);
            }
            store.write(batch);
        }
    }

    private void put(String topic, Batch batch) {
        Message message = Message.of(Topic.of(topic), new byte[] {1});
        RetainedRow row = new RetainedRow(message, QoS.AT_LEAST_ONCE);
        RetainedMessages.apply(
                1,
                new RetainedSet(Topic.of(topic), row, Message.NEVER, Totals.NONE, Heard.NOTHING),
                batch);
    }

    /** A look-up that matches nothing still comes back now and then: no loop is held for long. */
    @Test
    void aLongSearchComesInPagesToo() {
        try (Batch batch = store.newBatch()) {
            for (int i = 0; i < 25_000; i++) {
                put("a/" + i + "/x", batch);
            }
            put("a/z/y", batch);
            store.write(batch);
        }
        TopicFilter filter = TopicFilter.of("a/+/y");
        RetainedMessages.Page page = retained.read(filter, null, 10, 1_000, 0);
        assertEquals(List.of(), page.rows());
        assertNotNull(page.last());
        assertEquals(List.of("a/z/y"), find(filter, 10));
    }

    private List<String> find(TopicFilter filter, int rowsMax) {
        List<String> found = new ArrayList<>();
        Topic after = null;
        do {
            RetainedMessages.Page page = retained.read(filter, after, rowsMax, 1 << 20, 0);
            assertTrue(page.rows().size() <= rowsMax);
            page.rows().forEach(row -> found.add(row.message().topic().name()));
            after = page.last();
        } while (after != null);
        return found;
    }
}
