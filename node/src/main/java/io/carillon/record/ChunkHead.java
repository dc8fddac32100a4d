package io.carillon.record;

/**
 * What a stored chunk says before its entries.
 *
 * @param count of its entries
 * @param bytesBefore the bytes of all messages ever queued before its first
 * @param bytes of its messages
 * @param block see {@link Chunk}
 */
public record ChunkHead(int count, long bytesBefore, long bytes, long block) {}
