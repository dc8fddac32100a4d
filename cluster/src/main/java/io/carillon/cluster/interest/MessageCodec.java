package io.carillon.cluster.interest;

import io.carillon.bytes.FieldWriter;
import io.carillon.cluster.interest.Message.Applied;
import io.carillon.cluster.interest.Message.Ask;
import io.carillon.cluster.interest.Message.Changes;
import io.carillon.cluster.interest.Message.Page;
import io.carillon.cluster.interest.Message.Same;
import io.carillon.cluster.interest.Message.Split;
import io.carillon.cluster.interest.Message.States;
import java.nio.ByteBuffer;
import java.util.List;

/** Messages and pages of the shared map as bytes: a version, a kind, then {@link Fields}. */
final class MessageCodec {
    private static final int VERSION = 1;

    private static final int STATES = 1;
    private static final int CHANGES = 2;
    private static final int APPLIED = 3;
    private static final int ASK = 4;
    private static final int SAME = 5;
    private static final int PAGE = 6;
    private static final int SPLIT = 7;
    private static final int SHARED_PAGE = 8;

    private MessageCodec() {}

    static byte[] encode(Message message) {
        FieldWriter out = new FieldWriter(256);
        out.putByte(VERSION);
        switch (message) {
            case States m -> {
                out.putByte(STATES);
                out.putByte(m.answerWanted() ? 1 : 0);
                out.putNumber(m.states().size());
                m.states().forEach(each -> Fields.state(out, each));
            }
            case Changes m -> {
                head(out, CHANGES, m.reign(), m.first());
                out.putNumber(m.changes().size());
                m.changes().forEach(each -> Fields.change(out, each));
            }
            case Applied m -> {
                out.putByte(APPLIED);
                out.putNumber(m.positions().size());
                m.positions().forEach(each -> Fields.position(out, each));
            }
            case Ask m -> {
                head(out, ASK, m.reign(), m.id());
                out.putLong(m.range().start());
                out.putByte(m.range().bits());
                Fields.digest(out, m.digest());
            }
            case Same m -> {
                head(out, SAME, m.reign(), m.id());
                out.putNumber(m.version());
            }
            case Page m -> {
                head(out, PAGE, m.reign(), m.id());
                out.putNumber(m.version());
                Fields.wants(out, m.wants());
            }
            case Split m -> {
                head(out, SPLIT, m.reign(), m.id());
                out.putNumber(m.version());
                out.putByte(m.moreBits());
                out.putNumber(m.parts().size());
                m.parts().forEach(each -> Fields.digest(out, each));
            }
        }
        return out.toBytes();
    }

    /**
     * The message of these bytes.
     *
     * @throws MalformedMessage if they are none
     */
    static Message decode(ByteBuffer bytes) {
        ByteReader in = new ByteReader(bytes);
        int kind = kind(in);
        Message message =
                switch (kind) {
                    case STATES -> {
                        boolean answerWanted = in.one() == 1;
                        yield new States(
                                Fields.list(in, Fields.REIGN_BYTES_MIN, () -> Fields.state(in)),
                                answerWanted);
                    }
                    case CHANGES ->
                            new Changes(
                                    Fields.reign(in),
                                    in.count(),
                                    Fields.list(
                                            in, Fields.CHANGE_BYTES_MIN, () -> Fields.change(in)));
                    case APPLIED ->
                            new Applied(
                                    Fields.list(
                                            in, Fields.REIGN_BYTES_MIN, () -> Fields.position(in)));
                    case ASK ->
                            new Ask(
                                    Fields.reign(in),
                                    in.count(),
                                    Fields.range(in),
                                    Fields.digest(in));
                    case SAME -> new Same(Fields.reign(in), in.count(), in.count());
                    case PAGE ->
                            new Page(Fields.reign(in), in.count(), in.count(), Fields.wants(in));
                    case SPLIT ->
                            new Split(
                                    Fields.reign(in),
                                    in.count(),
                                    in.count(),
                                    in.one(),
                                    Fields.list(
                                            in, Fields.DIGEST_BYTES_MIN, () -> Fields.digest(in)));
                    default -> throw new MalformedMessage("no message is of kind " + kind);
                };
        in.end();
        return message;
    }

    /** What stands on a page of the shared map, and who wrote it. */
    record SharedPage(Reign reign, List<Change.Add> wants) {}

    static byte[] encode(SharedPage page) {
        FieldWriter out = new FieldWriter(64 * page.wants().size());
        out.putByte(VERSION);
        out.putByte(SHARED_PAGE);
        Fields.reign(out, page.reign());
        Fields.wants(out, page.wants());
        return out.toBytes();
    }

    /**
     * The page of these bytes.
     *
     * @throws MalformedMessage if they are none
     */
    static SharedPage decodeSharedPage(byte[] bytes) {
        ByteReader in = new ByteReader(ByteBuffer.wrap(bytes));
        int kind = kind(in);
        if (kind != SHARED_PAGE) {
            throw new MalformedMessage("no page is of kind " + kind);
        }
        SharedPage page = new SharedPage(Fields.reign(in), Fields.wants(in));
        in.end();
        return page;
    }

    private static int kind(ByteReader in) {
        int version = in.one();
        if (version != VERSION) {
            throw new MalformedMessage(
                    "version " + version + " is not known here, only " + VERSION);
        }
        return in.one();
    }

    private static void head(FieldWriter out, int kind, Reign reign, long number) {
        out.putByte(kind);
        Fields.reign(out, reign);
        out.putNumber(number);
    }
}
