package io.carillon.cluster.replication.raft;

/** Turns records into bytes and back. Any thread. */
public interface RecordCodec<R> {

    byte[] encode(R record);

    /**
     * The record of bytes that {@link #encode} made, maybe in an earlier release.
     *
     * @throws IllegalArgumentException if it is none
     */
    R decode(byte[] bytes);
}
