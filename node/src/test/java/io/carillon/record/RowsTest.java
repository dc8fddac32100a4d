package io.carillon.record;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.carillon.mqtt.packet.ConnectProperties;
import io.carillon.mqtt.packet.Message;
import io.carillon.mqtt.packet.MessageProperties;
import io.carillon.mqtt.packet.Publish;
import io.carillon.mqtt.packet.QoS;
import io.carillon.mqtt.packet.Subscription;
import io.carillon.mqtt.packet.SubscriptionOptions;
import io.carillon.mqtt.packet.SubscriptionOptions.RetainHandling;
import io.carillon.mqtt.packet.Topic;
import io.carillon.mqtt.packet.TopicFilter;
import io.carillon.mqtt.packet.Will;
import io.carillon.record.ShardRecord.Totals;
import io.carillon.storage.StorageException;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every row comes back from disk as it was. */
class RowsTest {
    private static final Message PLAIN = Message.of(Topic.of("a/\u00e9"), "x".getBytes(UTF_8));
    private static final Message EMPTY = Message.of(Topic.of("a"), new byte[0]);
    private static final Message FULL =
            new Message(
                    Topic.of("/"),
                    new byte[] {0, -1, 127},
                    MessageProperties.ofChecked(new byte[] {1, 1}),
                    1_700_000_000_000L);

    @Test
    void messages() {
        for (Message message : List.of(PLAIN, EMPTY, FULL)) {
            Message back = ChunkRows.decodeBlock(ChunkRows.encode(List.of(message))).getFirst();
            assertEquals(message, back);
            assertArrayEquals(message.topic().utf8(), back.topic().utf8());
        }
    }

    static Stream<Queued> entries() {
        int[] two = {1, 268_435_455};
        return Stream.of(
                new Queued(7, QoS.AT_MOST_ONCE, false, Publish.NO_IDENTIFIERS, null, PLAIN, 100),
                new Queued(8, QoS.AT_LEAST_ONCE, true, two, "$share/g/a", FULL, 105),
                new Queued(9, QoS.EXACTLY_ONCE, false, two, null, FULL, 111),
                new Queued(10, QoS.EXACTLY_ONCE, false, two, null, EMPTY, 117));
    }

    private static final Chunk CHUNK =
            new Chunk(1, 1L << 62, entries().toList(), new int[] {0, 2, 0, 0});

    @Test
    void chunks() {
        byte[] row = ChunkRows.encode(CHUNK);
        List<Queued> back =
                ChunkRows.decode(
                        7,
                        row,
                        block -> {
                            assertEquals(1L << 62, block);
                            return List.of(PLAIN, FULL);
                        });
        assertEquals(4, back.size());
        for (int i = 0; i < 4; i++) {
            assertSame(CHUNK.entries().get(i), back.get(i));
        }
        long bytes = CHUNK.entries().stream().mapToLong(Queued::bytes).sum();
        assertEquals(new ChunkHead(4, 100, bytes, 1L << 62), ChunkRows.decodeHead(row));
    }

    @Test
    void aMessageThatIsNotInItsBlockIsDamage() {
        byte[] row = ChunkRows.encode(CHUNK);
        assertThrows(
                StorageException.class, () -> ChunkRows.decode(7, row, block -> List.of(PLAIN)));
    }

    @Test
    void blocksNameATopicOnceInARow() {
        List<Message> block = List.of(FULL, FULL, PLAIN, PLAIN, EMPTY, FULL);
        assertEquals(block, ChunkRows.decodeBlock(ChunkRows.encode(block)));
        Message same = Message.of(PLAIN.topic(), "y".getBytes(UTF_8));
        int one = ChunkRows.encode(List.of(PLAIN)).length;
        int two = ChunkRows.encode(List.of(PLAIN, same)).length;
        assertTrue(two < 2 * one - PLAIN.topic().utf8().length, two + " bytes");
    }

    @Test
    void queueStates() {
        QueueState state =
                new QueueState(5, new long[] {7, 9, 1L << 40, 1L << 41}, new long[] {6, 7});
        QueueState back = ChunkRows.decodeState(ChunkRows.encode(state));
        assertEquals(5, back.head());
        assertArrayEquals(state.doneBeyond(), back.doneBeyond());
        assertArrayEquals(state.released(), back.released());
    }

    @ParameterizedTest
    @MethodSource("entries")
    void releasedEntriesHoldNoMessage(Queued queued) {
        Queued released = queued.release();
        assertTrue(released.released());
        assertEquals(0, released.bytes());
        assertEquals(queued.packetId(), released.packetId());
    }

    private static void assertSame(Queued expected, Queued actual) {
        assertArrayEquals(expected.subscriptionIdentifiers(), actual.subscriptionIdentifiers());
        assertEquals(expected.toString().split("\\[I@")[0], actual.toString().split("\\[I@")[0]);
        assertEquals(expected.sharedFilter(), actual.sharedFilter());
        assertEquals(expected.message(), actual.message());
        assertEquals(expected.bytesBefore(), actual.bytesBefore());
    }

    /** [MQTT-2.2.1-4] [MQTT3-2.3.1-1] */
    @Test
    void packetIdentifiersFollowFromThePlaceAndAreNeverZero() {
        for (long seq : new long[] {0, 65_534, 65_535, 131_069, Long.MAX_VALUE}) {
            int id =
                    new Queued(seq, QoS.AT_LEAST_ONCE, false, new int[0], null, PLAIN, 0)
                            .packetId();
            assertTrue(id >= 1 && id <= 65_535, seq + " gives " + id);
            assertEquals(1 + seq % 65_535, id);
        }
    }

    @Test
    void retainedMessages() {
        for (QoS qos : QoS.values()) {
            RetainedRow row = new RetainedRow(FULL, qos);
            assertEquals(row, Rows.decodeRetained(Rows.encode(row)));
        }
    }

    @Test
    void subscriptions() {
        for (QoS qos : QoS.values()) {
            for (RetainHandling handling : RetainHandling.values()) {
                for (int flags = 0; flags < 4; flags++) {
                    Subscription subscription =
                            new Subscription(
                                    TopicFilter.of("$share/g/+/#"),
                                    new SubscriptionOptions(
                                            qos, (flags & 1) != 0, (flags & 2) != 0, handling),
                                    flags * 89_478_485);
                    assertEquals(
                            subscription,
                            Rows.decodeSubscription("$share/g/+/#", Rows.encode(subscription)));
                }
            }
        }
    }

    static Stream<SessionRow> sessions() {
        Will will = new Will(FULL, QoS.EXACTLY_ONCE, true, 4_294_967_295L, 0);
        Will plain = new Will(PLAIN, QoS.AT_MOST_ONCE, false, 0, -1);
        return Stream.of(
                new SessionRow(1, "c", null, true, 0, 0, 0, false, 0, null, 0),
                new SessionRow(1L << 62, "\u00e9", "", false, 1, 1L << 40, -7, true, 5, plain, 9),
                new SessionRow(
                        7,
                        "c",
                        "user",
                        true,
                        ConnectProperties.NEVER_EXPIRES,
                        Long.MAX_VALUE,
                        Long.MIN_VALUE,
                        true,
                        1_700_000_000_000L,
                        will,
                        Long.MAX_VALUE));
    }

    @ParameterizedTest
    @MethodSource("sessions")
    void sessionRows(SessionRow row) {
        assertEquals(row, Rows.decodeSession(row.session(), Rows.encode(row)));
    }

    @Test
    void numbers() {
        LongStream.of(0, 1, 127, 128, 16_384, Integer.MAX_VALUE, Long.MAX_VALUE, -1, Long.MIN_VALUE)
                .forEach(
                        number -> {
                            assertEquals(number, Rows.decodeNumber(Rows.encodeNumber(number)));
                            OriginRow origin =
                                    new OriginRow(new TakenNumbers(number, number), number);
                            assertEquals(origin, Rows.decodeOrigin(Rows.encode(origin)));
                            Totals totals = new Totals(number, number);
                            assertEquals(totals, Rows.decodeTotals(Rows.encode(totals)));
                        });
    }

    private static List<Function<byte[], Object>> decoders() {
        return List.of(
                ChunkRows::decodeBlock,
                ChunkRows::decodeState,
                Rows::decodeRetained,
                Rows::decodeNumber,
                Rows::decodeOrigin,
                Rows::decodeTotals,
                bytes -> Rows.decodeSession(1, bytes),
                bytes -> Rows.decodeSubscription("a", bytes),
                bytes -> ChunkRows.decode(1, bytes, number -> List.of()));
    }

    @Test
    void aRowOfANewerReleaseIsRefusedAndSaysWhatToDo() {
        for (Function<byte[], Object> decoder : decoders()) {
            byte[] newer = {2, 0, 0, 0, 0, 0, 0, 0, 0, 0};
            StorageException refused =
                    assertThrows(StorageException.class, () -> decoder.apply(newer));
            assertEquals(
                    "a stored row has format 2, this release reads up to 1: start the release that"
                            + " wrote it, or a newer one",
                    refused.getMessage());
        }
    }

    /** A row that is cut off is named as damaged, whatever its kind. */
    @Test
    void aRowThatIsCutOffIsDamaged() {
        byte[][] rows = {
            Rows.encode(new RetainedRow(FULL, QoS.AT_LEAST_ONCE)),
            Rows.encode(sessions().toList().getLast()),
            ChunkRows.encode(CHUNK),
            Rows.encode(new OriginRow(new TakenNumbers(1_000, 3), 1_000))
        };
        List<Function<byte[], Object>> decoders =
                List.of(
                        Rows::decodeRetained,
                        bytes -> Rows.decodeSession(1, bytes),
                        bytes -> ChunkRows.decode(7, bytes, number -> List.of(PLAIN, FULL)),
                        Rows::decodeOrigin);
        for (int i = 0; i < rows.length; i++) {
            Function<byte[], Object> decoder = decoders.get(i);
            for (int length = 0; length < rows[i].length - FULL.payload().length; length++) {
                byte[] cut = Arrays.copyOf(rows[i], length);
                StorageException refused =
                        assertThrows(StorageException.class, () -> decoder.apply(cut));
                assertTrue(refused.getMessage().contains("damaged"), refused.getMessage());
            }
        }
    }
}
