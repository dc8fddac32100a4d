package io.carillon.cluster.replication.raft;

import io.carillon.bytes.FieldWriter;
import io.microraft.model.impl.DefaultRaftModelFactory;
import io.microraft.model.log.LogEntry;
import java.nio.ByteBuffer;

/** Entries of a log as bytes, the same on the wire and on the disk: term, kind, payload. */
final class Entries {
    static final int HEADER_BYTES = 5;

    private static final int NEW_TERM = 0;
    private static final int RECORDS = 1;
    private static final int SEAL = 2;
    private static final byte[] NONE = {};
    private static final DefaultRaftModelFactory MODEL = new DefaultRaftModelFactory();

    private Entries() {}

    /** Finds the bytes of records that are no longer on the heap. */
    interface PayloadSource {
        byte[] payload(long index);
    }

    static byte[] payloadOf(LogEntry entry, PayloadSource source) {
        return switch ((Operation) entry.getOperation()) {
            case Operation.NewTerm newTerm -> NONE;
            case Operation.Seal seal -> seal.next().toBytes();
            case Operation.Records records -> {
                byte[] payload = records.payload();
                yield payload != null ? payload : source.payload(entry.getIndex());
            }
        };
    }

    /** What the entry takes, without reading it. */
    static int sizeBytes(LogEntry entry) {
        return switch ((Operation) entry.getOperation()) {
            case Operation.NewTerm newTerm -> HEADER_BYTES;
            case Operation.Seal seal -> HEADER_BYTES + seal.next().toBytes().length;
            case Operation.Records records -> HEADER_BYTES + records.sizeBytes();
        };
    }

    static void write(FieldWriter out, LogEntry entry, PayloadSource source) {
        int kind =
                switch ((Operation) entry.getOperation()) {
                    case Operation.NewTerm newTerm -> NEW_TERM;
                    case Operation.Seal seal -> SEAL;
                    case Operation.Records records -> RECORDS;
                };
        out.putInt(entry.getTerm()).putByte(kind).putRest(payloadOf(entry, source));
    }

    /** An entry whose payload is all that is left in the buffer. */
    static LogEntry read(long index, ByteBuffer in) {
        int term = in.getInt();
        int kind = in.get();
        byte[] payload = new byte[in.remaining()];
        in.get(payload);
        return entry(index, term, operation(kind, payload));
    }

    /** As {@link #read}, but the payload of records stays where it is. */
    static LogEntry readHandle(long index, ByteBuffer in) {
        int kind = in.get(in.position() + Integer.BYTES);
        if (kind != RECORDS) {
            return read(index, in);
        }
        int term = in.getInt();
        in.get();
        return entry(index, term, Operation.Records.stored(in.remaining()));
    }

    static LogEntry entry(long index, int term, Operation operation) {
        return MODEL.createLogEntryBuilder()
                .setIndex(index)
                .setTerm(term)
                .setOperation(operation)
                .build();
    }

    private static Operation operation(int kind, byte[] payload) {
        return switch (kind) {
            case NEW_TERM -> Operation.NewTerm.INSTANCE;
            case RECORDS -> Operation.Records.received(payload);
            case SEAL -> new Operation.Seal(Generation.read(payload));
            default ->
                    throw new IllegalArgumentException(
                            "an entry of kind "
                                    + kind
                                    + " is not known to this release; bring all nodes to the newer"
                                    + " one");
        };
    }
}
