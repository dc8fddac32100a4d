package io.carillon.peers;

import io.carillon.bytes.FieldReader;
import io.carillon.bytes.FieldWriter;
import io.carillon.mqtt.packet.InvalidTopic;
import io.carillon.mqtt.packet.Message;
import io.carillon.mqtt.packet.QoS;
import io.carillon.mqtt.packet.Topic;
import io.carillon.peers.PeerMessage.AllStored;
import io.carillon.peers.PeerMessage.AskRetained;
import io.carillon.peers.PeerMessage.Publishing;
import io.carillon.peers.PeerMessage.RetainedRows;
import io.carillon.peers.PeerMessage.Stored;
import io.carillon.record.MessageFields;
import io.carillon.record.RetainedRow;
import java.util.ArrayList;
import java.util.List;

/**
 * The bytes of messages between nodes. The first is the kind of message; a release that changes a
 * kind gives it a new number and goes on reading the old one. Any thread.
 */
public final class PeerCodec {
    private static final int PUBLISHING = 10;
    private static final int STORED = 11;
    private static final int ASK_RETAINED = 12;
    private static final int RETAINED_ROWS = 13;
    private static final int ALL_STORED = 14;

    private static final int SMALL_BYTES = 64;

    private PeerCodec() {}

    public static byte[] encode(PeerMessage message) {
        FieldWriter out = new FieldWriter(SMALL_BYTES);
        switch (message) {
            case SessionMessage session -> SessionFields.put(out, session);
            case Publishing publishing -> PublishingFields.put(out.putByte(PUBLISHING), publishing);
            case Stored(long receipt, var outcome, var elsewhere) ->
                    put(out.putByte(STORED).putNumber(receipt).putByte(outcome.value()), elsewhere);
            case AllStored(var receipts) -> putAscending(out.putByte(ALL_STORED), receipts);
            case AskRetained(var filter, var shards, var after) ->
                    put(out.putByte(ASK_RETAINED).putText(filter).putOptionalText(after), shards);
            case RetainedRows rows -> put(out.putByte(RETAINED_ROWS), rows);
        }
        return out.toBytes();
    }

    /**
     * The message of these bytes.
     *
     * @throws UnreadableMessage if they are of a kind that this release does not know, or damaged
     */
    public static PeerMessage decode(byte[] bytes) throws UnreadableMessage {
        try {
            FieldReader in = new FieldReader(bytes, Damaged::new);
            PeerMessage message = get(in.getByte(), in);
            if (!in.atEnd()) {
                throw new UnreadableMessage("a message with more behind it");
            }
            return message;
        } catch (Damaged | IllegalArgumentException | InvalidTopic e) {
            throw new UnreadableMessage("a damaged message (" + e.getMessage() + ")");
        }
    }

    private static PeerMessage get(int kind, FieldReader in) throws UnreadableMessage {
        return switch (kind) {
            case PUBLISHING -> PublishingFields.get(in);
            case STORED -> new Stored(in.getNumber(), PacketFields.getReason(in), getNumbers(in));
            case ALL_STORED -> new AllStored(getAscending(in));
            case ASK_RETAINED -> getAskRetained(in);
            case RETAINED_ROWS -> getRetainedRows(in);
            default -> SessionFields.get(kind, in);
        };
    }

    private static AskRetained getAskRetained(FieldReader in) {
        String filter = in.getText();
        String after = in.getOptionalText();
        return new AskRetained(filter, getNumbers(in), after);
    }

    private static void put(FieldWriter out, RetainedRows page) {
        out.putOptionalText(page.after());
        put(out, page.shards());
        out.putNumber(page.rows().size());
        Topic before = null;
        for (RetainedRow row : page.rows()) {
            out.putByte(row.qos().level());
            MessageFields.put(out, row.message(), before);
            before = row.message().topic();
        }
    }

    private static RetainedRows getRetainedRows(FieldReader in) {
        String after = in.getOptionalText();
        List<Integer> shards = getNumbers(in);
        int count = in.getCount();
        List<RetainedRow> rows = new ArrayList<>(count);
        Topic before = null;
        for (int i = 0; i < count; i++) {
            QoS qos = QoS.of(in.getByte());
            Message message = MessageFields.get(in, before);
            before = message.topic();
            rows.add(new RetainedRow(message, qos));
        }
        return new RetainedRows(rows, shards, after);
    }

    /** Numbers that mostly follow each other: a byte each then. */
    private static void putAscending(FieldWriter out, List<Long> numbers) {
        out.putNumber(numbers.size());
        long before = 0;
        for (long each : numbers) {
            out.putNumber(each - before);
            before = each;
        }
    }

    private static List<Long> getAscending(FieldReader in) {
        int count = in.getCount();
        List<Long> numbers = new ArrayList<>(count);
        long before = 0;
        for (int i = 0; i < count; i++) {
            before += in.getNumber();
            numbers.add(before);
        }
        return numbers;
    }

    private static void put(FieldWriter out, List<Integer> numbers) {
        out.putNumber(numbers.size());
        numbers.forEach(out::putNumber);
    }

    private static List<Integer> getNumbers(FieldReader in) {
        int count = in.getCount();
        List<Integer> numbers = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            numbers.add((int) in.getNumber());
        }
        return numbers;
    }

    /** Bytes that cannot be the fields of a message. */
    private static final class Damaged extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Damaged() {
            super("fields are missing", null, false, false);
        }
    }
}
