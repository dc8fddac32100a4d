package io.carillon.cluster.ownership.intent;

import io.carillon.cluster.NodeId;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.Set;

/** An {@link Intention} as bytes, with a version in front, between nodes. */
public final class IntentionBytes {
    private static final byte VERSION = 1;

    private IntentionBytes() {}

    public static byte[] encode(Intention intention) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(64);
        DataOutputStream out = new DataOutputStream(bytes);
        try {
            out.writeByte(VERSION);
            out.writeBoolean(intention.leaves());
            out.writeByte(intention.gone().size());
            for (NodeId node : intention.gone()) {
                out.writeUTF(node.name());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e); // not in memory
        }
        return bytes.toByteArray();
    }

    /**
     * Reads what {@link #encode} made.
     *
     * @throws IllegalArgumentException if it is damaged or of a version that this release lacks
     */
    public static Intention decode(byte[] bytes) {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
        try {
            int version = in.readByte();
            if (version != VERSION) {
                throw new IllegalArgumentException(
                        "an intention of version " + version + "; this release reads " + VERSION);
            }
            boolean leaves = in.readBoolean();
            Set<NodeId> gone = new HashSet<>();
            for (int left = in.readUnsignedByte(); left > 0; left--) {
                gone.add(new NodeId(in.readUTF()));
            }
            return new Intention(leaves, gone);
        } catch (IOException e) {
            throw new IllegalArgumentException("an intention that ends early", e);
        }
    }
}
