package io.carillon.cluster.link;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.carillon.cluster.NodeId;
import io.carillon.cluster.link.Control.Ack;
import io.carillon.cluster.link.Control.Hello;
import io.carillon.cluster.link.Control.Reason;
import io.carillon.cluster.link.Control.Refusal;
import io.carillon.cluster.link.Control.Welcome;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FramesTest {
    private static final LinkIdentity WHO = SimNode.identity(5, 3);

    @Test
    void controlFramesComeBackAsTheyWere() throws Exception {
        List<Control> all =
                List.of(
                        new Hello(new Versions(1, 7), WHO, new NodeId("other"), 4, 1L << 40),
                        new Welcome(7, WHO, 99, 98),
                        new Refusal(Reason.CLUSTER, "because \u00e9"),
                        new Ack(Long.MAX_VALUE),
                        new Control.Beat(Long.MIN_VALUE, 3),
                        new Control.Agreed(4, Long.MAX_VALUE));
        for (Control each : all) {
            assertEquals(each, ControlCodec.decode(bytes(ControlCodec.encode(each))));
        }
    }

    @Test
    void aLaterHelloMayBeLonger() throws Exception {
        Hello hello = new Hello(new Versions(1, 1), WHO, new NodeId("other"), 1, 2);
        ByteBuffer bytes = bytes(ControlCodec.encode(hello));
        ByteBuffer longer = ByteBuffer.allocate(bytes.remaining() + 20).put(bytes).clear();
        assertEquals(hello, ControlCodec.decode(longer));
    }

    @Test
    void aReasonOfALaterVersionIsOther() throws Exception {
        ByteBuffer bytes = bytes(ControlCodec.encode(new Refusal(Reason.NAME, "text")));
        bytes.put(1, (byte) 200);
        assertEquals(new Refusal(Reason.OTHER, "text"), ControlCodec.decode(bytes));
    }

    @Test
    void messagesComeBackWithoutThoseThatAreRepeated() throws Exception {
        ByteBuffer in = messages();
        MessagesFrame.Read read = MessagesFrame.read(in, 10);
        assertEquals(12, read.lastKept());
        assertEquals(List.of("lossy", "k11", "call", "k12"), texts(read));
        MessagesFrame.Read again = MessagesFrame.read(messages(), 11);
        assertEquals(List.of("lossy", "call", "k12"), texts(again));
        assertThrows(FrameDamaged.class, () -> MessagesFrame.read(messages(), 9));
    }

    @Test
    void answersComeBackAsTheyWere() throws Exception {
        AnswersFrame frame =
                new AnswersFrame(
                        List.of(new Answer(5, true, new byte[] {1, 2}), Answer.refusal(6, "no")));
        ByteBuffer in = bytes(frame);
        assertEquals(FrameType.ANSWERS, in.get());
        List<Answer> read = AnswersFrame.read(in);
        assertArrayEquals(new byte[] {1, 2}, read.get(0).body());
        assertEquals("no", new String(read.get(1).body()));
        assertEquals(6, read.get(1).id());
    }

    @Test
    void whatMakesNoSenseIsToldAsDamage() throws Exception {
        Random random = new Random(42);
        Hello hello = new Hello(new Versions(1, 7), WHO, new NodeId("other"), 4, 5);
        byte[][] good = {bytes(ControlCodec.encode(hello)).array(), messages().array()};
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = good[i % 2].clone();
            for (int j = random.nextInt(4); j >= 0; j--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            ByteBuffer cut = ByteBuffer.wrap(bytes, 0, random.nextInt(bytes.length + 1));
            try {
                if (i % 2 == 0) {
                    ControlCodec.decode(cut);
                } else {
                    MessagesFrame.read(cut, 10);
                }
            } catch (FrameDamaged e) {
                assertEquals(0, e.getStackTrace().length); // and nothing else is thrown
            }
        }
    }

    /** As after its type byte. */
    private static ByteBuffer messages() throws IOException {
        Call call = new Call();
        call.numbered(77);
        ByteBuffer frame =
                bytes(
                        new MessagesFrame(
                                11,
                                List.of(
                                        new Outgoing.Lossy((byte) 1, SimNode.bytes("lossy")),
                                        new Kept((byte) 2, SimNode.bytes("k11")),
                                        new Outgoing.Question(
                                                (byte) 3, SimNode.bytes("call"), call),
                                        new Kept((byte) 4, SimNode.bytes("k12")))));
        assertEquals(FrameType.MESSAGES, frame.get());
        byte[] rest = new byte[frame.remaining()];
        frame.get(rest);
        return ByteBuffer.wrap(rest);
    }

    private static List<String> texts(MessagesFrame.Read read) {
        return read.fresh().stream().map(SimNode::text).toList();
    }

    private static ByteBuffer bytes(Frame frame) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        frame.writeTo(out);
        assertEquals(frame.lengthBytes(), out.size());
        return ByteBuffer.wrap(out.toByteArray());
    }
}
