package io.carillon.cluster.interest;

import io.carillon.bytes.FieldWriter;
import io.carillon.cluster.Epoch;
import io.carillon.cluster.NodeId;
import io.carillon.cluster.ShardId;
import io.carillon.cluster.interest.Message.Position;
import io.carillon.cluster.interest.Message.State;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** What messages are made of, as bytes. */
final class Fields {
    private static final int NODE = 1;
    private static final int SHARD = 2;

    private static final int ADD = 1;
    private static final int ADD_WITH_ATTRIBUTES = 2;
    private static final int REMOVE = 3;

    /** A reign takes at least so many bytes, and what is counted after it is not shorter. */
    static final int REIGN_BYTES_MIN = 4;

    static final int CHANGE_BYTES_MIN = 2;
    static final int DIGEST_BYTES_MIN = 17;

    private Fields() {}

    static void reign(FieldWriter out, Reign reign) {
        switch (reign.owner()) {
            case Owner.OfNode of -> {
                out.putByte(NODE);
                out.putText(of.node().name());
            }
            case Owner.OfShard of -> {
                out.putByte(SHARD);
                out.putNumber(of.shard().number());
            }
        }
        out.putNumber(reign.epoch().generation());
        out.putNumber(reign.epoch().term());
    }

    static Reign reign(ByteReader in) {
        int kind = in.one();
        try {
            Owner owner =
                    switch (kind) {
                        case NODE -> new Owner.OfNode(new NodeId(in.string()));
                        case SHARD -> new Owner.OfShard(new ShardId(Math.toIntExact(in.count())));
                        default -> throw new MalformedMessage("no owner is of kind " + kind);
                    };
            return new Reign(owner, new Epoch(in.count(), Math.toIntExact(in.count())));
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new MalformedMessage("not an owner: " + e.getMessage());
        }
    }

    static void state(FieldWriter out, State state) {
        reign(out, state.reign());
        out.putNumber(state.version());
        digest(out, state.digest());
    }

    static State state(ByteReader in) {
        return new State(reign(in), in.count(), digest(in));
    }

    static void position(FieldWriter out, Position position) {
        reign(out, position.reign());
        out.putNumber(position.version());
    }

    static Position position(ByteReader in) {
        return new Position(reign(in), in.count());
    }

    static void digest(FieldWriter out, Digest digest) {
        out.putNumber(digest.count());
        out.putLong(digest.high());
        out.putLong(digest.low());
    }

    static Digest digest(ByteReader in) {
        return new Digest(in.count(), in.eight(), in.eight());
    }

    static Range range(ByteReader in) {
        try {
            return new Range(in.eight(), in.one());
        } catch (IllegalArgumentException e) {
            throw new MalformedMessage(String.valueOf(e.getMessage()));
        }
    }

    static void change(FieldWriter out, Change change) {
        switch (change) {
            case Change.Add add -> want(out, add);
            case Change.Remove remove -> {
                out.putByte(REMOVE);
                out.putText(remove.string());
            }
        }
    }

    static Change change(ByteReader in) {
        int kind = in.one();
        return kind == REMOVE ? new Change.Remove(in.string()) : want(in, kind);
    }

    static void wants(FieldWriter out, List<Change.Add> wants) {
        out.putNumber(wants.size());
        wants.forEach(each -> want(out, each));
    }

    static List<Change.Add> wants(ByteReader in) {
        return list(in, CHANGE_BYTES_MIN, () -> want(in, in.one()));
    }

    static void want(FieldWriter out, Change.Add want) {
        out.putByte(want.attributes().isEmpty() ? ADD : ADD_WITH_ATTRIBUTES);
        out.putText(want.string());
        if (!want.attributes().isEmpty()) {
            want.attributes().writeTo(out);
        }
    }

    static Change.Add want(ByteReader in, int kind) {
        return switch (kind) {
            case ADD -> new Change.Add(in.string(), Attributes.NONE);
            case ADD_WITH_ATTRIBUTES -> new Change.Add(in.string(), attributes(in));
            default -> throw new MalformedMessage("no change is of kind " + kind);
        };
    }

    static Attributes attributes(ByteReader in) {
        byte[] bytes = in.bytes();
        if (bytes.length > Attributes.BYTES_MAX) {
            throw new MalformedMessage(bytes.length + " bytes of attributes");
        }
        return Attributes.of(bytes);
    }

    static <T> List<T> list(ByteReader in, int bytesMin, Supplier<T> item) {
        int items = in.items(bytesMin);
        List<T> list = new ArrayList<>(items);
        for (int i = 0; i < items; i++) {
            list.add(item.get());
        }
        return list;
    }
}
