package io.carillon.cluster.replication.raft;

import java.nio.ByteBuffer;

/** Records of two numbers: which operation, and its place in the shard's order. */
final class OpCodec implements RecordCodec<OpCodec.Op> {

    record Op(long id, long place) {}

    @Override
    public byte[] encode(Op op) {
        return ByteBuffer.allocate(16).putLong(op.id()).putLong(op.place()).array();
    }

    @Override
    public Op decode(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        return new Op(in.getLong(), in.getLong());
    }
}
