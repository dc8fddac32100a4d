package io.carillon.cluster.link;

import io.carillon.cluster.DiskId;
import io.carillon.cluster.Incarnation;
import io.carillon.cluster.NodeId;
import io.carillon.cluster.link.Control.Ack;
import io.carillon.cluster.link.Control.Agreed;
import io.carillon.cluster.link.Control.Beat;
import io.carillon.cluster.link.Control.Hello;
import io.carillon.cluster.link.Control.Reason;
import io.carillon.cluster.link.Control.Refusal;
import io.carillon.cluster.link.Control.Welcome;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;

/** Control frames and their bytes. Strings are two bytes of length and modified UTF-8. */
final class ControlCodec {
    private static final int TEXT_CHARS_MAX = 4_000;

    private ControlCodec() {}

    static Frame encode(Control control) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(128);
        try {
            DataOutputStream out = new DataOutputStream(bytes);
            switch (control) {
                case Hello hello -> write(hello, out);
                case Welcome welcome -> {
                    out.writeByte(FrameType.WELCOME);
                    out.writeShort(welcome.version());
                    writeIdentity(welcome.from(), out);
                    out.writeLong(welcome.received());
                    out.writeLong(welcome.done());
                }
                case Refusal refusal -> {
                    String text = refusal.text();
                    out.writeByte(FrameType.REFUSAL);
                    out.writeByte(refusal.reason().code());
                    out.writeUTF(text.substring(0, Math.min(text.length(), TEXT_CHARS_MAX)));
                }
                case Ack ack -> {
                    out.writeByte(FrameType.ACK);
                    out.writeLong(ack.done());
                }
                case Beat(long saidMillis, long word) ->
                        writeBeat(FrameType.BEAT, saidMillis, word, out);
                case Agreed(long saidMillis, long word) ->
                        writeBeat(FrameType.AGREED, saidMillis, word, out);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e); // memory does not fail; an overlong string does
        }
        return new Bytes(bytes.toByteArray());
    }

    /**
     * Reads a frame that is none of messages or answers.
     *
     * @throws FrameDamaged if it makes no sense
     */
    static Control decode(ByteBuffer frame) throws FrameDamaged {
        byte[] bytes = new byte[frame.remaining()];
        frame.get(bytes);
        try {
            DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
            byte type = in.readByte();
            return switch (type) {
                case FrameType.HELLO -> readHello(in);
                case FrameType.WELCOME ->
                        new Welcome(
                                in.readUnsignedShort(),
                                readIdentity(in),
                                in.readLong(),
                                in.readLong());
                case FrameType.REFUSAL ->
                        new Refusal(Reason.of(in.readUnsignedByte()), in.readUTF());
                case FrameType.ACK -> new Ack(in.readLong());
                case FrameType.BEAT -> new Beat(in.readLong(), in.readLong());
                case FrameType.AGREED -> new Agreed(in.readLong(), in.readLong());
                default -> throw new FrameDamaged("a frame of the unknown type " + type);
            };
        } catch (IOException | IllegalArgumentException e) {
            throw new FrameDamaged("a damaged frame: " + e);
        }
    }

    private static void writeBeat(byte type, long saidMillis, long word, DataOutputStream out)
            throws IOException {
        out.writeByte(type);
        out.writeLong(saidMillis);
        out.writeLong(word);
    }

    private static void write(Hello hello, DataOutputStream out) throws IOException {
        out.writeByte(FrameType.HELLO);
        out.writeShort(hello.versions().min());
        out.writeShort(hello.versions().max());
        writeIdentity(hello.from(), out);
        out.writeUTF(hello.expects().name());
        out.writeLong(hello.series());
        out.writeLong(hello.attempt());
    }

    private static Hello readHello(DataInputStream in) throws IOException {
        return new Hello(
                new Versions(in.readUnsignedShort(), in.readUnsignedShort()),
                readIdentity(in),
                new NodeId(in.readUTF()),
                in.readLong(),
                in.readLong());
    }

    private static void writeIdentity(LinkIdentity identity, DataOutputStream out)
            throws IOException {
        out.writeUTF(identity.node().name());
        out.writeUTF(identity.cluster());
        out.writeInt(identity.shards());
        identity.disk().writeTo(out);
        out.writeLong(identity.incarnation().boot());
        out.writeLong(identity.incarnation().random());
    }

    private static LinkIdentity readIdentity(DataInputStream in) throws IOException {
        return new LinkIdentity(
                new NodeId(in.readUTF()),
                in.readUTF(),
                in.readInt(),
                new Incarnation(DiskId.readFrom(in), in.readLong(), in.readLong()));
    }
}
