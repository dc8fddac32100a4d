package io.carillon.storage.overlay;

import io.carillon.storage.Batch;
import io.carillon.storage.Space;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Changes as bytes, the same on the wire and on the disk: a version, then each change with its
 * kind, its space and one or two byte strings.
 *
 * <p>A space has a number within these bytes, in the order of first use; the name stands behind the
 * number where that is used first. Lengths take seven bits a byte, the low ones first. Any thread.
 */
public final class ChangeBytes {
    private static final int VERSION = 1;
    private static final int PUT = 0;
    private static final int DELETE = 1;
    private static final int DELETE_ONCE = 2;
    private static final int DELETE_RANGE = 3;

    private static final int SPACES_MAX = 255;
    private static final int HEADER_BYTES_MAX = 2 + 2 * 5;
    private static final int SPACE_BYTES_MAX = 1 + 64;

    private final ByteBuffer out;
    private final Map<Space, Integer> spaces = new HashMap<>();

    private ChangeBytes(int capacity) {
        out = ByteBuffer.allocate(capacity);
    }

    /** The changes of all, one after the other. */
    public static byte[] encode(List<Changes> all) {
        long bytes = 1;
        int count = 0;
        for (Changes each : all) {
            bytes += each.sizeBytes();
            count += each.list().size();
        }
        ChangeBytes to =
                new ChangeBytes(
                        Math.toIntExact(
                                bytes
                                        + (long) count * HEADER_BYTES_MAX
                                        + (long) Math.min(count, SPACES_MAX) * SPACE_BYTES_MAX));
        to.out.put((byte) VERSION);
        for (Changes each : all) {
            each.list().forEach(to::add);
        }
        return Arrays.copyOf(to.out.array(), to.out.position());
    }

    private void add(Change change) {
        switch (change) {
            case Change.Put(Space space, byte[] key, byte[] value) ->
                    header(PUT, space).sized(key).sized(value);
            case Change.Delete(Space space, byte[] key) -> header(DELETE, space).sized(key);
            case Change.DeleteOnce(Space space, byte[] key) ->
                    header(DELETE_ONCE, space).sized(key);
            case Change.DeleteRange(Space space, byte[] from, byte[] to) ->
                    header(DELETE_RANGE, space).sized(from).sized(to);
        }
    }

    private ChangeBytes header(int kind, Space space) {
        out.put((byte) kind);
        Integer known = spaces.get(space);
        if (known != null) {
            out.put(known.byteValue());
            return this;
        }
        if (spaces.size() == SPACES_MAX) {
            throw new IllegalArgumentException("an entry changes more spaces than " + SPACES_MAX);
        }
        out.put((byte) spaces.size());
        spaces.put(space, spaces.size());
        return sized(space.name().getBytes(StandardCharsets.US_ASCII));
    }

    private ChangeBytes sized(byte[] bytes) {
        int rest = bytes.length;
        while (rest >= 0x80) {
            out.put((byte) (rest | 0x80));
            rest >>>= 7;
        }
        out.put((byte) rest).put(bytes);
        return this;
    }

    /**
     * Makes the changes in a batch, behind what that has already. After an error the batch may have
     * some of them.
     *
     * @throws IllegalArgumentException if the bytes are damaged or of a later release
     * @throws io.carillon.storage.StorageException if the batch's store lacks a space
     */
    public static void writeTo(byte[] bytes, Batch batch) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        List<Space> spaces = new ArrayList<>();
        try {
            int version = in.get();
            if (version != VERSION) {
                throw new IllegalArgumentException(
                        "an entry has version "
                                + version
                                + ", and this release knows "
                                + VERSION
                                + "; bring all nodes to the newer release");
            }
            while (in.hasRemaining()) {
                int kind = in.get();
                Space space = space(in, spaces);
                switch (kind) {
                    case PUT -> batch.put(space, bytes(in), bytes(in));
                    case DELETE -> batch.delete(space, bytes(in));
                    case DELETE_ONCE -> batch.deleteOnce(space, bytes(in));
                    case DELETE_RANGE -> batch.deleteRange(space, bytes(in), bytes(in));
                    default ->
                            throw new IllegalArgumentException(
                                    "an entry has a change of unknown kind " + kind);
                }
            }
        } catch (BufferUnderflowException e) {
            throw new IllegalArgumentException("an entry ends in the middle of a change", e);
        }
    }

    private static Space space(ByteBuffer in, List<Space> spaces) {
        int number = Byte.toUnsignedInt(in.get());
        if (number > spaces.size()) {
            throw new IllegalArgumentException("an entry names no space " + number);
        }
        if (number == spaces.size()) {
            spaces.add(new Space(new String(bytes(in), StandardCharsets.US_ASCII)));
        }
        return spaces.get(number);
    }

    private static byte[] bytes(ByteBuffer in) {
        int length = 0;
        int shift = 0;
        byte part;
        do {
            part = in.get();
            length |= (part & 0x7f) << shift;
            shift += 7;
        } while (part < 0 && shift < Integer.SIZE);
        if (length < 0 || length > in.remaining()) {
            throw new IllegalArgumentException(
                    "an entry has a length of "
                            + length
                            + " where "
                            + in.remaining()
                            + " bytes are left");
        }
        byte[] bytes = new byte[length];
        in.get(bytes);
        return bytes;
    }
}
