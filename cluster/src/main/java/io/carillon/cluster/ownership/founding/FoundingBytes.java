package io.carillon.cluster.ownership.founding;

import io.carillon.cluster.Voter;
import io.carillon.cluster.ownership.Home;
import io.carillon.cluster.ownership.ShardMap;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A {@link Standing} as bytes, with a version in front, on disk and between nodes. */
public final class FoundingBytes {
    private static final byte VERSION = 1;

    private FoundingBytes() {}

    public static byte[] encode(Standing standing) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        DataOutputStream out = new DataOutputStream(bytes);
        try {
            out.writeByte(VERSION);
            standing.from().writeTo(out);
            out.writeBoolean(standing.founded());
            Charter charter = standing.charter();
            out.writeBoolean(charter != null);
            out.write(charter == null ? new byte[0] : encode(charter));
        } catch (IOException e) {
            throw new UncheckedIOException(e); // not in memory
        }
        return bytes.toByteArray();
    }

    static byte[] encode(Charter charter) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        try {
            write(charter, new DataOutputStream(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e); // not in memory
        }
        return bytes.toByteArray();
    }

    /**
     * Reads what {@link #encode(Standing)} made.
     *
     * @throws IllegalArgumentException if it is damaged or of a version that this release lacks
     */
    public static Standing decode(byte[] bytes) {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
        try {
            int version = in.readByte();
            if (version != VERSION) {
                throw new IllegalArgumentException(
                        "a founding of version " + version + "; this release reads " + VERSION);
            }
            Voter from = Voter.readFrom(in);
            boolean founded = in.readBoolean();
            @Nullable Charter charter = in.readBoolean() ? readCharter(in) : null;
            return new Standing(from, charter, founded);
        } catch (IOException | IndexOutOfBoundsException e) {
            throw new IllegalArgumentException("a founding that is cut off or damaged", e);
        }
    }

    /** Voters are written as numbers of founders. */
    private static void write(Charter charter, DataOutputStream out) throws IOException {
        out.writeUTF(charter.cluster());
        out.writeByte(charter.replicas());
        List<Voter> founders = charter.founders().stream().map(Home::voter).toList();
        out.writeShort(founders.size());
        for (Home founder : charter.founders()) {
            founder.voter().writeTo(out);
            out.writeUTF(founder.zone());
        }
        out.writeShort(charter.shards());
        for (List<Voter> voters : charter.map().voters()) {
            out.writeByte(voters.size());
            for (Voter voter : voters) {
                out.writeShort(founders.indexOf(voter));
            }
        }
    }

    private static Charter readCharter(DataInputStream in) throws IOException {
        String cluster = in.readUTF();
        int replicas = in.readUnsignedByte();
        List<Home> founders = new ArrayList<>();
        for (int left = in.readUnsignedShort(); left > 0; left--) {
            founders.add(new Home(Voter.readFrom(in), in.readUTF()));
        }
        List<List<Voter>> map = new ArrayList<>();
        for (int left = in.readUnsignedShort(); left > 0; left--) {
            List<Voter> voters = new ArrayList<>();
            for (int more = in.readUnsignedByte(); more > 0; more--) {
                voters.add(founders.get(in.readUnsignedShort()).voter());
            }
            map.add(voters);
        }
        return new Charter(cluster, replicas, founders, new ShardMap(map));
    }
}
