package io.carillon.cluster.replication.raft;

import io.carillon.bytes.FieldWriter;
import io.carillon.cluster.ShardId;
import io.carillon.cluster.replication.KeyRange;
import io.carillon.storage.Batch;
import io.carillon.storage.Space;
import io.carillon.storage.StorageException;
import io.carillon.storage.Store;
import io.microraft.model.log.LogEntry;
import io.microraft.model.log.RaftGroupMembersView;
import io.microraft.model.log.SnapshotChunk;
import io.microraft.model.persistence.RaftEndpointPersistentState;
import io.microraft.model.persistence.RaftTermPersistentState;
import io.microraft.persistence.RaftStore;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Supplier;

/**
 * The rows of one group: vote, log, and how far log and state are cut and applied. All writes go to
 * the batch of the turn; nothing waits here. On the group's loop.
 */
final class GroupRows implements RaftStore, Entries.PayloadSource {
    /** Where the rows are; the store has to have it. */
    static final Space SPACE = new Space("raft");

    /** What stands for the state that a generation takes over: an entry before all others. */
    static final long FIRST_INDEX = 1;

    static final int FIRST_TERM = 1;

    private final Store store;
    private final GroupKeys keys;
    private final Supplier<Batch> batch;
    private final Generation generation;
    private long entryBytes;

    GroupRows(Store store, GroupKeys keys, Supplier<Batch> batch, Generation generation) {
        this.store = store;
        this.keys = keys;
        this.batch = batch;
        this.generation = generation;
    }

    /** Bytes of entries since the log was cut last, or since the start. */
    long entryBytesSinceCut() {
        return entryBytes;
    }

    /** Counts what the log had at the start. */
    void countStored(List<LogEntry> entries) {
        entries.forEach(entry -> entryBytes += Entries.sizeBytes(entry));
    }

    /** The state that the batch changes contains all entries up to that index. */
    void putApplied(Batch state, long index) {
        state.put(SPACE, keys.applied(), longBytes(index));
    }

    /** The state is being replaced, and is none until {@link #putApplied}. */
    void putInstalling() {
        batch.get().put(SPACE, keys.applied(), longBytes(StoredGroup.INSTALLING));
    }

    /**
     * Nothing of this group is applied any more.
     *
     * @param joins whether this replica goes on in the next generation
     */
    void putSeal(Generation next, boolean joins) {
        batch.get().put(SPACE, keys.seal(), next.toBytes());
        if (joins) {
            putBegun(batch.get(), keys.group().shard(), next);
        }
    }

    /** As {@link #putSeal}, but the replica begins the next generation empty. */
    void putSealWithoutState(Generation next) {
        GroupKeys nextKeys = new GroupKeys(new GroupId(keys.group().shard(), next.number()));
        batch.get().put(SPACE, keys.seal(), next.toBytes());
        batch.get().put(SPACE, nextKeys.generation(), next.toBytes());
    }

    /** A generation begins from the state as it is. */
    static void putBegun(Batch batch, ShardId shard, Generation generation) {
        GroupKeys keys = new GroupKeys(new GroupId(shard, generation.number()));
        batch.put(SPACE, keys.generation(), generation.toBytes());
        batch.put(SPACE, keys.term(), termBytes(FIRST_TERM, -1));
        batch.put(SPACE, keys.cut(), placeBytes(FIRST_INDEX, FIRST_TERM));
        batch.put(SPACE, keys.applied(), longBytes(FIRST_INDEX));
    }

    /** Nobody needs the generations before this one any more. */
    void deleteEarlier() {
        ShardId shard = keys.group().shard();
        batch.get()
                .deleteRange(
                        SPACE, GroupKeys.shard(shard), GroupKeys.group(shard, generation.number()));
    }

    /** This node has no replica of the shard any more, in favour of that generation's. */
    static void putGivenUp(Batch batch, ShardId shard, Generation generation) {
        GroupKeys keys = new GroupKeys(new GroupId(shard, generation.number()));
        batch.deleteRange(
                SPACE, GroupKeys.shard(shard), GroupKeys.group(shard, generation.number()));
        batch.put(SPACE, keys.generation(), generation.toBytes());
    }

    /**
     * Writes {@link #putGivenUp}, and drops the shard's state.
     *
     * @throws io.carillon.storage.StorageException if it can't be written
     */
    static void giveUp(Store store, ShardId shard, Generation heir, List<KeyRange> state) {
        try (Batch batch = store.newBatch()) {
            putGivenUp(batch, shard, heir);
            for (KeyRange range : state) {
                batch.deleteRange(range.space(), range.from(), range.to());
            }
            store.write(batch);
        }
    }

    @Override
    public byte[] payload(long index) {
        byte[] value = store.get(SPACE, keys.entry(index));
        if (value == null) {
            throw new StorageException(
                    "entry "
                            + index
                            + " of "
                            + keys.group()
                            + " is not in the store: it is damaged; move this node's data"
                            + " directory away, so that it is filled by the others",
                    null);
        }
        byte[] payload = new byte[value.length - Entries.HEADER_BYTES];
        System.arraycopy(value, Entries.HEADER_BYTES, payload, 0, payload.length);
        return payload;
    }

    @Override
    public void persistAndFlushLocalEndpoint(RaftEndpointPersistentState state) {
        // The generation says it: the seat whose disk is this one.
    }

    @Override
    public void persistAndFlushInitialGroupMembers(RaftGroupMembersView members) {
        batch.get().put(SPACE, keys.generation(), generation.toBytes());
    }

    @Override
    public void persistAndFlushTerm(RaftTermPersistentState state) {
        int vote = state.getVotedFor() instanceof Seat seat ? seat.number() : -1;
        batch.get().put(SPACE, keys.term(), termBytes(state.getTerm(), vote));
    }

    @Override
    public void persistLogEntries(List<LogEntry> entries) {
        for (LogEntry entry : entries) {
            int size = Entries.sizeBytes(entry);
            FieldWriter out = new FieldWriter(size);
            Entries.write(out, entry, this);
            batch.get().put(SPACE, keys.entry(entry.getIndex()), out.toBytes());
            entryBytes += size;
        }
    }

    /** There is one chunk, and it is a position: the state itself is in the store already. */
    @Override
    public void persistSnapshotChunk(SnapshotChunk chunk) {
        batch.get().put(SPACE, keys.cut(), placeBytes(chunk.getIndex(), chunk.getTerm()));
        entryBytes = 0;
    }

    @Override
    public void truncateLogEntriesFrom(long index) {
        batch.get().deleteRange(SPACE, keys.entry(index), keys.behindEntries());
    }

    @Override
    public void truncateLogEntriesUntil(long index) {
        batch.get().deleteRange(SPACE, keys.entry(0), keys.entry(index + 1));
    }

    @Override
    public void deleteSnapshotChunks(long index, int count) {
        // They are never collected: see SnapshotInstall.
    }

    @Override
    public void flush() {
        // The batch is written at the end of the turn, and whoever depends on it waits.
    }

    private static byte[] termBytes(int term, int vote) {
        return new FieldWriter(5).putInt(term).putByte(vote).toBytes();
    }

    private static byte[] placeBytes(long index, int term) {
        return new FieldWriter(12).putLong(index).putInt(term).toBytes();
    }

    static byte[] longBytes(long value) {
        return ByteBuffer.allocate(Long.BYTES).putLong(value).array();
    }
}
