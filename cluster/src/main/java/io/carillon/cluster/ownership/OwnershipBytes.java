package io.carillon.cluster.ownership;

import io.carillon.cluster.Epoch;
import io.carillon.cluster.NodeId;
import io.carillon.cluster.ShardId;
import io.carillon.cluster.Voter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An {@link Ownership} as bytes, with a version in front, as nodes share it. */
public final class OwnershipBytes {
    private static final byte VERSION = 1;

    private OwnershipBytes() {}

    public static byte[] encode(Ownership ownership) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(160);
        DataOutputStream out = new DataOutputStream(bytes);
        try {
            out.writeByte(VERSION);
            out.writeShort(ownership.shard().number());
            out.writeLong(ownership.epoch().generation());
            out.writeInt(ownership.epoch().term());
            out.writeInt(ownership.revision());
            NodeId leader = ownership.leader();
            out.writeUTF(leader == null ? "" : leader.name());
            out.writeByte(ownership.voters().size());
            for (Voter voter : ownership.voters()) {
                voter.writeTo(out);
            }
            out.writeByte(ownership.inSync().size());
            for (NodeId each : ownership.inSync().stream().sorted().toList()) {
                out.writeUTF(each.name());
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
    public static Ownership decode(byte[] bytes) {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
        try {
            int version = in.readByte();
            if (version != VERSION) {
                throw new IllegalArgumentException(
                        "an ownership of version " + version + "; this release reads " + VERSION);
            }
            ShardId shard = new ShardId(in.readUnsignedShort());
            Epoch epoch = new Epoch(in.readLong(), in.readInt());
            int revision = in.readInt();
            String leader = in.readUTF();
            List<Voter> voters = readVoters(in);
            return new Ownership(shard, epoch, revision, node(leader), voters, readNodes(in));
        } catch (IOException e) {
            throw new IllegalArgumentException("an ownership that ends early", e);
        }
    }

    private static @Nullable NodeId node(String name) {
        return name.isEmpty() ? null : new NodeId(name);
    }

    private static List<Voter> readVoters(DataInputStream in) throws IOException {
        int count = in.readUnsignedByte();
        List<Voter> voters = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            voters.add(Voter.readFrom(in));
        }
        return voters;
    }

    private static Set<NodeId> readNodes(DataInputStream in) throws IOException {
        int count = in.readUnsignedByte();
        Set<NodeId> nodes = new HashSet<>(count);
        for (int i = 0; i < count; i++) {
            nodes.add(new NodeId(in.readUTF()));
        }
        return nodes;
    }
}
