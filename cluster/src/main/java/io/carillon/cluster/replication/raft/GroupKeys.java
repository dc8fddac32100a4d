package io.carillon.cluster.replication.raft;

import io.carillon.cluster.ShardId;
import java.nio.ByteBuffer;

/** The keys of a group's rows: 1, shard, generation, kind, index. */
final class GroupKeys {
    private static final byte GROUPS = 1;
    private static final byte GENERATION = 0;
    private static final byte TERM = 1;
    private static final byte CUT = 2;
    private static final byte APPLIED = 3;
    private static final byte ENTRY = 4;
    private static final byte BEHIND = 5;
    private static final byte SEAL = 6;

    private final GroupId group;

    GroupKeys(GroupId group) {
        this.group = group;
    }

    GroupId group() {
        return group;
    }

    /** The voters. */
    byte[] generation() {
        return key(group, GENERATION, 0);
    }

    /** Term and vote. */
    byte[] term() {
        return key(group, TERM, 0);
    }

    /** Index and term of the entry up to which the log may be cut. */
    byte[] cut() {
        return key(group, CUT, 0);
    }

    /** The index up to which the state has the log's entries. */
    byte[] applied() {
        return key(group, APPLIED, 0);
    }

    /** The generation that goes on from this one's state. */
    byte[] seal() {
        return key(group, SEAL, 0);
    }

    byte[] entry(long index) {
        return key(group, ENTRY, index);
    }

    /** Behind all entries. */
    byte[] behindEntries() {
        return key(group, BEHIND, 0);
    }

    /** Before all rows of a shard's groups, the oldest generation first. */
    static byte[] shard(ShardId shard) {
        return ByteBuffer.allocate(3).put(GROUPS).putShort((short) shard.number()).array();
    }

    /** Before all rows of a shard's group and behind those of earlier ones. */
    static byte[] group(ShardId shard, long generation) {
        return ByteBuffer.allocate(11).put(shard(shard)).putLong(generation).array();
    }

    /** The generation that a key of a shard belongs to. */
    static long generationOf(byte[] key) {
        return ByteBuffer.wrap(key).getLong(3);
    }

    private static byte[] key(GroupId group, byte kind, long index) {
        return ByteBuffer.allocate(20)
                .put(GROUPS)
                .putShort((short) group.shard().number())
                .putLong(group.generation())
                .put(kind)
                .putLong(index)
                .array();
    }
}
