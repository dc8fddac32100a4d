package io.carillon.record;

import io.carillon.bytes.FieldReader;
import io.carillon.bytes.FieldWriter;
import io.carillon.mqtt.packet.Message;
import io.carillon.mqtt.packet.Publish;
import io.carillon.mqtt.packet.QoS;
import io.carillon.mqtt.packet.Topic;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The format on disk of queues: chunks, the blocks of messages that they share, and how far a
 * session is. A message with the topic of the one before it does not repeat it.
 */
public final class ChunkRows {
    private static final int RETAIN = 4;
    private static final int SHARED = 8;
    private static final int IDENTIFIERS = 16;
    private static final int HOLDS_MESSAGE = 32;

    private ChunkRows() {}

    public static byte[] encode(Chunk chunk) {
        long bytes = 0;
        int inside = 0;
        for (int i = 0; i < chunk.numbers().length; i++) {
            int size = chunk.entries().get(i).bytes();
            bytes += size;
            inside += chunk.numbers()[i] == 0 ? 8 + size : 0;
        }
        FieldWriter row = RowFormat.begin(32 + 4 * chunk.entries().size() + inside);
        row.putNumber(chunk.entries().size());
        row.putNumber(chunk.entries().getFirst().bytesBefore());
        row.putNumber(bytes);
        row.putNumber(chunk.block());
        Topic topic = null;
        for (int i = 0; i < chunk.numbers().length; i++) {
            topic = put(row, chunk.entries().get(i), chunk.numbers()[i], topic);
        }
        return row.toBytes();
    }

    private static @Nullable Topic put(
            FieldWriter row, Queued queued, int number, @Nullable Topic before) {
        Message inside = number == 0 ? queued.message() : null;
        int[] identifiers = queued.subscriptionIdentifiers();
        row.putByte(
                queued.qos().level()
                        | (queued.retain() ? RETAIN : 0)
                        | (queued.sharedFilter() != null ? SHARED : 0)
                        | (identifiers.length > 0 ? IDENTIFIERS : 0)
                        | (inside != null ? HOLDS_MESSAGE : 0));
        if (identifiers.length > 0) {
            row.putNumber(identifiers.length);
            for (int identifier : identifiers) {
                row.putNumber(identifier);
            }
        }
        if (queued.sharedFilter() != null) {
            row.putText(queued.sharedFilter());
        }
        if (inside == null) {
            row.putNumber(number);
            return before;
        }
        MessageFields.put(row, inside, before);
        return inside.topic();
    }

    /** What stands before the entries. */
    public static ChunkHead decodeHead(byte[] value) {
        return head(RowFormat.open(value));
    }

    private static ChunkHead head(FieldReader row) {
        return new ChunkHead(row.getCount(), row.getNumber(), row.getNumber(), row.getNumber());
    }

    /**
     * The entries of a chunk.
     *
     * @param blocks gives the messages of a block by its number
     */
    public static List<Queued> decode(
            long firstSeq, byte[] value, LongFunction<List<Message>> blocks) {
        FieldReader row = RowFormat.open(value);
        ChunkHead head = head(row);
        List<Queued> entries = new ArrayList<>(head.count());
        List<Message> block = head.block() == 0 ? List.of() : blocks.apply(head.block());
        long bytesBefore = head.bytesBefore();
        Topic topic = null;
        for (int i = 0; i < head.count(); i++) {
            int flags = row.getByte();
            int[] identifiers =
                    (flags & IDENTIFIERS) == 0 ? Publish.NO_IDENTIFIERS : identifiers(row);
            String sharedFilter = (flags & SHARED) == 0 ? null : row.getText();
            Message message;
            if ((flags & HOLDS_MESSAGE) == 0) {
                int number = (int) row.getNumber();
                if (number < 1 || number > block.size()) {
                    throw RowFormat.damaged();
                }
                message = block.get(number - 1);
            } else {
                message = MessageFields.get(row, topic);
                topic = message.topic();
            }
            Queued queued =
                    new Queued(
                            firstSeq + i,
                            QoS.of(flags & 3),
                            (flags & RETAIN) != 0,
                            identifiers,
                            sharedFilter,
                            message,
                            bytesBefore);
            entries.add(queued);
            bytesBefore += queued.bytes();
        }
        return entries;
    }

    private static int[] identifiers(FieldReader row) {
        int[] identifiers = new int[row.getCount()];
        for (int i = 0; i < identifiers.length; i++) {
            identifiers[i] = (int) row.getNumber();
        }
        return identifiers;
    }

    public static byte[] encode(List<Message> block) {
        int bytes = 8;
        for (Message message : block) {
            bytes += 8 + message.bytes();
        }
        FieldWriter row = RowFormat.begin(bytes);
        row.putNumber(block.size());
        Topic topic = null;
        for (Message message : block) {
            MessageFields.put(row, message, topic);
            topic = message.topic();
        }
        return row.toBytes();
    }

    public static List<Message> decodeBlock(byte[] value) {
        FieldReader row = RowFormat.open(value);
        int count = row.getCount();
        List<Message> block = new ArrayList<>(count);
        Topic topic = null;
        for (int i = 0; i < count; i++) {
            Message message = MessageFields.get(row, topic);
            topic = message.topic();
            block.add(message);
        }
        return block;
    }

    public static byte[] encode(QueueState state) {
        int numbers = 3 + state.doneBeyond().length + state.released().length;
        FieldWriter row = RowFormat.begin(10 * numbers);
        row.putNumber(state.head());
        put(row, state.doneBeyond());
        put(row, state.released());
        return row.toBytes();
    }

    private static void put(FieldWriter row, long[] places) {
        row.putNumber(places.length);
        for (long place : places) {
            row.putNumber(place);
        }
    }

    public static QueueState decodeState(byte[] value) {
        FieldReader row = RowFormat.open(value);
        return new QueueState(row.getNumber(), places(row), places(row));
    }

    private static long[] places(FieldReader row) {
        long[] places = new long[row.getCount()];
        for (int i = 0; i < places.length; i++) {
            places[i] = row.getNumber();
        }
        return places;
    }
}
