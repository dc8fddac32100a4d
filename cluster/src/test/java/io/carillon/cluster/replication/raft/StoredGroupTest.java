package io.carillon.cluster.replication.raft;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.carillon.cluster.DiskId;
import io.carillon.cluster.NodeId;
import io.carillon.cluster.ShardId;
import io.carillon.cluster.Voter;
import io.carillon.storage.Batch;
import io.carillon.storage.StorageException;
import io.carillon.storage.memory.MemoryStore;
import io.microraft.model.log.LogEntry;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What a group writes is what it finds at the next start. */
class StoredGroupTest {
    private static final ShardId SHARD = new ShardId(7);
    private static final Generation GENERATION =
            new Generation(
                    2,
                    List.of(
                            new Voter(new NodeId("a"), new DiskId(1, 1)),
                            new Voter(new NodeId("b"), new DiskId(2, 2)),
                            new Voter(new NodeId("c"), new DiskId(3, 3))));

    private final MemoryStore store = new MemoryStore(List.of(RaftLog.SPACE));
    private final Batch batch = store.newBatch();
    private final GroupKeys keys = new GroupKeys(new GroupId(SHARD, 2));
    private final GroupRows rows = new GroupRows(store, keys, () -> batch, GENERATION);
    private final Messages messages = new Messages(keys.group(), ReplicaParts.members(GENERATION));

    @Test
    void anUnknownShardHasNothing() {
        writeAll(1, 5);
        assertNull(StoredGroup.read(store, new ShardId(6)));
        assertNull(StoredGroup.read(store, new ShardId(8)));
    }

    @Test
    void termVoteEntriesAndAppliedComeBack() {
        writeAll(1, 5);
        StoredGroup stored = read();
        assertEquals(GENERATION, stored.generation());
        assertEquals(9, stored.term());
        assertEquals(1, stored.vote());
        assertEquals(3, stored.applied());
        assertEquals(0, stored.cutIndex());
        assertEquals(List.of(1L, 2L, 3L, 4L, 5L), indices(stored));
        assertArrayEquals("record 4".getBytes(UTF_8), rows.payload(4));
    }

    @Test
    void aCutLogBeginsBehindTheCut() throws Exception {
        writeAll(1, 5);
        rows.persistSnapshotChunk(messages.chunk(new Messages.Place(3, 8)));
        rows.truncateLogEntriesUntil(2); // an entry before the cut may stay a while
        store.write(batch);
        StoredGroup stored = read();
        assertEquals(3, stored.cutIndex());
        assertEquals(8, stored.cutTerm());
        assertEquals(List.of(4L, 5L), indices(stored));
    }

    @Test
    void whatIsTakenBackIsGone() throws Exception {
        writeAll(1, 5);
        rows.truncateLogEntriesFrom(4);
        store.write(batch);
        assertEquals(List.of(1L, 2L, 3L), indices(read()));
        assertThrows(StorageException.class, () -> rows.payload(4));
    }

    @Test
    void aMissingEntryIsDamageThatIsTold() {
        writeAll(1, 3);
        batch.delete(RaftLog.SPACE, keys.entry(2));
        store.write(batch);
        var e = assertThrows(StorageException.class, this::read);
        assertTrue(e.getMessage().contains("entry 2 is missing"), e.getMessage());
    }

    @Test
    void aStateAheadOfItsLogIsDamageThatIsTold() {
        writeAll(1, 3);
        rows.putApplied(batch, 4);
        store.write(batch);
        var e = assertThrows(StorageException.class, this::read);
        assertTrue(e.getMessage().contains("ahead of its log"), e.getMessage());
    }

    @Test
    void anInterruptedInstallationIsSeen() {
        writeAll(1, 3);
        rows.putInstalling();
        store.write(batch);
        assertEquals(StoredGroup.INSTALLING, read().applied());
    }

    @Test
    void aSealedGroupAndTheOneThatFollowsAreThere() {
        writeAll(1, 5);
        Generation next = GENERATION.next(GENERATION.voters().subList(1, 3));
        rows.putSeal(next, true);
        store.write(batch);
        assertEquals(StoredGroup.begun(next), read());
        StoredGroup before = StoredGroup.readBefore(store, SHARD, next.number());
        assertEquals(next, before == null ? null : before.next());
        assertNull(StoredGroup.readBefore(store, SHARD, GENERATION.number()));
        assertEquals(next, StoredGroup.newest(store, SHARD));
    }

    @Test
    void ofAShardThatWasGivenUpItsHeirIsLeft() {
        writeAll(1, 5);
        Generation heir = new Generation(9, GENERATION.voters().subList(0, 1), 8);
        GroupRows.putGivenUp(batch, SHARD, heir);
        store.write(batch);
        assertEquals(heir, StoredGroup.newest(store, SHARD));
        assertNull(StoredGroup.readBefore(store, SHARD, heir.number()));
    }

    @Test
    void aDiskKeepsItsNumberAndAnotherHasAnother() {
        NodeRows first = NodeRows.begin(store, 1);
        NodeRows again = NodeRows.begin(store.crash(), 2);
        assertEquals(first.disk(), again.disk());
        assertEquals(first.start() + 1, again.start());
        MemoryStore emptied = new MemoryStore(List.of(RaftLog.SPACE));
        assertNotEquals(first.disk(), NodeRows.begin(emptied, 2).disk());
    }

    private void writeAll(long first, long last) {
        rows.persistAndFlushInitialGroupMembers(messages.members());
        rows.persistAndFlushTerm(
                Messages.MODEL
                        .createRaftTermPersistentStateBuilder()
                        .setTerm(9)
                        .setVotedFor(new Seat(1))
                        .build());
        rows.persistLogEntries(
                LongStream.rangeClosed(first, last).mapToObj(StoredGroupTest::entry).toList());
        rows.putApplied(batch, 3);
        store.write(batch);
    }

    private static LogEntry entry(long index) {
        return Entries.entry(
                index, 8, Operation.Records.received(("record " + index).getBytes(UTF_8)));
    }

    private StoredGroup read() {
        StoredGroup stored = StoredGroup.read(store, SHARD);
        if (stored == null) {
            throw new AssertionError("nothing is stored");
        }
        return stored;
    }

    private static List<Long> indices(StoredGroup stored) {
        return stored.entries().stream().map(LogEntry::getIndex).toList();
    }
}
