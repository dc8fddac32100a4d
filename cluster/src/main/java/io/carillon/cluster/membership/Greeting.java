package io.carillon.cluster.membership;

import io.carillon.cluster.NodeId;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.StreamCorruptedException;

/**
 * What nodes tell each other first on a connection between members. Its layout stays as it is in
 * all releases; they may only append to it, within its bounds.
 *
 * @param cluster the name of the cluster that the node belongs to
 * @param member where the node's member listens
 */
record Greeting(String cluster, NodeId node, HostPort member) {
    private static final int MAGIC = 0x6361726c;

    /** Of all that follows the length. */
    private static final int BYTES_MAX = 4_096;

    static Greeting of(MemberSettings settings) {
        return new Greeting(settings.cluster(), settings.card().node(), settings.reachedAt());
    }

    /** Whether both are of one cluster. */
    boolean belongsTo(Greeting other) {
        return cluster.equals(other.cluster);
    }

    void write(OutputStream to) throws IOException {
        ByteArrayOutputStream fields = new ByteArrayOutputStream();
        DataOutputStream field = new DataOutputStream(fields);
        field.writeUTF(cluster);
        field.writeUTF(node.name());
        field.writeUTF(member.toString());
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(whole);
        out.writeInt(MAGIC);
        out.writeShort(fields.size());
        fields.writeTo(out);
        to.write(whole.toByteArray()); // one packet
        to.flush();
    }

    /**
     * Takes a greeting from the stream, and nothing that follows it.
     *
     * @throws StreamCorruptedException if it is none
     * @throws IOException if it does not come
     */
    static Greeting read(InputStream from) throws IOException {
        DataInputStream in = new DataInputStream(from);
        if (in.readInt() != MAGIC) {
            throw new StreamCorruptedException("it does not greet as a node of Carillon does");
        }
        int length = in.readUnsignedShort();
        if (length > BYTES_MAX) {
            throw new StreamCorruptedException("its greeting has " + length + " bytes");
        }
        byte[] bytes = new byte[length];
        in.readFully(bytes);
        try {
            DataInputStream field = new DataInputStream(new ByteArrayInputStream(bytes));
            return new Greeting(
                    field.readUTF(), new NodeId(field.readUTF()), HostPort.parse(field.readUTF()));
        } catch (IOException | IllegalArgumentException e) {
            throw (IOException)
                    new StreamCorruptedException("its greeting is garbled").initCause(e);
        }
    }
}
