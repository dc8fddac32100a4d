package io.carillon.cluster.interest;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.carillon.cluster.Epoch;
import io.carillon.cluster.NodeId;
import io.carillon.cluster.ShardId;
import io.carillon.cluster.interest.MessageCodec.SharedPage;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MessageCodecTest {
    private static final Reign NODE =
            new Reign(new Owner.OfNode(new NodeId("node-1")), new Epoch(1L << 40, 1));
    private static final Reign SHARD =
            new Reign(new Owner.OfShard(new ShardId(65_535)), new Epoch(3, Integer.MAX_VALUE));
    private static final Digest DIGEST = new Digest(1_000_000, -1, Long.MIN_VALUE);
    private static final List<Change.Add> WANTS =
            List.of(
                    new Change.Add("", Attributes.NONE),
                    new Change.Add("ä/\uD83D\uDD14", Attributes.of(new byte[] {1, 2})),
                    new Change.Add("x".repeat(65_535), Attributes.NONE));

    private static Message decode(byte[] bytes) {
        return MessageCodec.decode(ByteBuffer.wrap(bytes));
    }

    static List<Message> messages() {
        return List.of(
                new Message.States(List.of(), true),
                new Message.States(
                        List.of(
                                new Message.State(NODE, 0, Digest.EMPTY),
                                new Message.State(SHARD, Long.MAX_VALUE, DIGEST)),
                        false),
                new Message.Changes(SHARD, 1, List.of(WANTS.get(1), new Change.Remove("b"))),
                new Message.Applied(List.of(new Message.Position(NODE, 127))),
                new Message.Ask(NODE, 128, Range.ALL.part(5, 3), DIGEST),
                new Message.Same(NODE, 1, 2),
                new Message.Page(SHARD, 1, 2, WANTS),
                new Message.Split(NODE, 1, 2, 1, List.of(DIGEST, Digest.EMPTY)));
    }

    @ParameterizedTest
    @MethodSource("messages")
    void whatIsWrittenIsRead(Message message) {
        assertEquals(message, decode(MessageCodec.encode(message)));
    }

    @ParameterizedTest
    @MethodSource("messages")
    void whatIsCutOffOrTooLongIsRefused(Message message) {
        byte[] bytes = MessageCodec.encode(message);
        for (int length = Math.max(0, bytes.length - 2_000); length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThrows(MalformedMessage.class, () -> decode(cut));
        }
        byte[] longer = Arrays.copyOf(bytes, bytes.length + 1);
        assertThrows(MalformedMessage.class, () -> decode(longer));
    }

    @Test
    void pagesAreReadToo() {
        SharedPage page = new SharedPage(SHARD, WANTS);
        byte[] bytes = MessageCodec.encode(page);
        assertEquals(page, MessageCodec.decodeSharedPage(bytes));
        assertThrows(MalformedMessage.class, () -> decode(bytes));
    }

    @Test
    void anotherVersionIsNamed() {
        byte[] bytes = MessageCodec.encode(new Message.Same(NODE, 1, 2));
        bytes[0] = 2;
        MalformedMessage e = assertThrows(MalformedMessage.class, () -> decode(bytes));
        assertTrue(e.getMessage().contains("version 2"), e.getMessage());
    }

    /**
     * Whatever comes, it is a message or it is refused, and costs no memory that it doesn't hold.
     */
    @Test
    void noiseIsRefused() {
        Random random = new Random(7);
        List<byte[]> samples = messages().stream().map(MessageCodec::encode).toList();
        for (int i = 0; i < 20_000; i++) {
            byte[] sample = samples.get(random.nextInt(samples.size()));
            byte[] noisy = Arrays.copyOf(sample, Math.min(sample.length, 200));
            for (int j = random.nextInt(4); j >= 0; j--) {
                noisy[random.nextInt(noisy.length)] = (byte) random.nextInt();
            }
            try {
                Message read = decode(noisy);
                assertArrayEquals(
                        MessageCodec.encode(read),
                        MessageCodec.encode(decode(MessageCodec.encode(read))));
            } catch (MalformedMessage e) {
                assertTrue(e.getMessage().length() > 5);
            }
        }
    }
}
