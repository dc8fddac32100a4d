package io.carillon.cluster.replication.raft;

import io.carillon.bytes.FieldWriter;
import io.carillon.cluster.replication.KeyRange;
import io.carillon.storage.Batch;
import io.carillon.storage.Cursor;
import io.carillon.storage.Space;
import io.carillon.storage.Store;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Reads a shard's state in parts, as it was at the beginning, whatever is written meanwhile. A part
 * is a list of rows: a space, a key, a value. One thread; to be closed.
 */
final class StateRows implements AutoCloseable {
    private final List<KeyRange> ranges;
    private final List<Cursor> cursors = new ArrayList<>();
    private int at;
    private boolean onRow;

    StateRows(Store store, List<KeyRange> ranges) {
        this.ranges = ranges;
        for (KeyRange range : ranges) {
            cursors.add(store.cursor(range.space()));
        }
        if (!ranges.isEmpty()) {
            onRow = cursors.getFirst().seek(ranges.getFirst().from());
        }
    }

    /** The next rows, somewhat more than that many bytes at most. */
    byte[] next(int bytes) {
        FieldWriter out = new FieldWriter(bytes);
        while (!isDone() && out.length() < bytes) {
            KeyRange range = ranges.get(at);
            Cursor cursor = cursors.get(at);
            byte[] key = onRow ? cursor.key() : range.to();
            if (Arrays.compareUnsigned(key, range.to()) >= 0) {
                nextRange();
                continue;
            }
            byte[] space = range.space().name().getBytes(StandardCharsets.US_ASCII);
            out.putByte(space.length).putRest(space).putSized(key).putSized(cursor.value());
            onRow = cursor.next();
        }
        return out.toBytes();
    }

    /** True if there are no more rows. */
    boolean isDone() {
        return at == ranges.size();
    }

    private void nextRange() {
        at++;
        if (!isDone()) {
            onRow = cursors.get(at).seek(ranges.get(at).from());
        }
    }

    @Override
    public void close() {
        cursors.forEach(Cursor::close);
    }

    /**
     * Puts the rows of a part.
     *
     * @throws IllegalArgumentException if it is damaged
     */
    static void putTo(Batch batch, byte[] part) {
        ByteBuffer in = ByteBuffer.wrap(part);
        try {
            while (in.hasRemaining()) {
                byte[] space = new byte[in.get()];
                in.get(space);
                batch.put(
                        new Space(new String(space, StandardCharsets.US_ASCII)),
                        sized(in),
                        sized(in));
            }
        } catch (BufferUnderflowException | NegativeArraySizeException e) {
            throw new IllegalArgumentException("a part of a state ends in the middle", e);
        }
    }

    private static byte[] sized(ByteBuffer in) {
        byte[] bytes = new byte[Frames.checkedLength(in)];
        in.get(bytes);
        return bytes;
    }
}
