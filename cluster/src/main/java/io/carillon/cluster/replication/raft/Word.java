package io.carillon.cluster.replication.raft;

import io.carillon.bytes.FieldWriter;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What nodes say to each other of a shard's generations, whether they have a replica or not; each
 * is a frame of its own.
 */
sealed interface Word {
    int ASK = 1;
    int NOTICE = 2;

    /** Who has the shard? Asked by who got a frame of a generation that it doesn't know. */
    record Ask() implements Word {}

    /**
     * That generation has the shard.
     *
     * @param inForce something was committed in it, so that nobody needs the ones before any more
     */
    record Notice(Generation generation, boolean inForce) implements Word {}

    default byte[] toFrame() {
        FieldWriter out = new FieldWriter(64).putByte(Frames.VERSION);
        return switch (this) {
            case Ask ask -> out.putByte(ASK).toBytes();
            case Notice(Generation generation, boolean inForce) ->
                    out.putByte(NOTICE)
                            .putByte(inForce ? 1 : 0)
                            .putSized(generation.toBytes())
                            .toBytes();
        };
    }

    /**
     * The word that the frame holds; null if it holds messages of a group's replicas.
     *
     * @throws IllegalArgumentException if it is damaged or of another release
     */
    static @Nullable Word read(byte[] frame) {
        ByteBuffer in = ByteBuffer.wrap(frame);
        try {
            int kind = Frames.kind(in);
            return switch (kind) {
                case Frames.MESSAGES -> null;
                case ASK -> new Ask();
                case NOTICE -> {
                    boolean inForce = in.get() != 0;
                    byte[] generation = new byte[Frames.checkedLength(in)];
                    in.get(generation);
                    yield new Notice(Generation.read(generation), inForce);
                }
                default -> throw new IllegalArgumentException("a frame of unknown kind " + kind);
            };
        } catch (BufferUnderflowException e) {
            throw new IllegalArgumentException("a frame that ends in the middle", e);
        }
    }
}
