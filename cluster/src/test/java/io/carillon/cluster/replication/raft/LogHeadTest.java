package io.carillon.cluster.replication.raft;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.carillon.cluster.DiskId;
import io.carillon.cluster.NodeId;
import io.carillon.cluster.ShardId;
import io.carillon.cluster.Voter;
import io.microraft.impl.log.RaftLog;
import io.microraft.model.log.SnapshotEntry;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What MicroRaft's own log does, and what is made of it. */
class LogHeadTest {
    private static final Generation GENERATION =
            new Generation(1, List.of(new Voter(new NodeId("a"), new DiskId(1, 1))));
    private static final Messages MESSAGES =
            new Messages(new GroupId(new ShardId(0), 1), ReplicaParts.members(GENERATION));

    private final RaftLog log = RaftLog.create(100);

    @Test
    void aCutCloseBehindAnotherLeavesNoHoles() {
        append(1, 20);
        log.setSnapshot(snapshot(10), 10);
        log.setSnapshot(snapshot(12), 6); // it would keep six entries, of which four are gone
        assertTrue(log.containsLogEntry(7), "the library has mended it: LogHead can go");
        LogHead.repair(log);
        assertFalse(log.containsLogEntry(10));
        assertNotNull(log.getLogEntry(11));
        assertEquals(20, log.lastLogOrSnapshotIndex());
    }

    @Test
    void aLogWithoutHolesStaysAsItIs() {
        append(1, 20);
        log.setSnapshot(snapshot(10), 4);
        LogHead.repair(log);
        assertFalse(log.containsLogEntry(4));
        assertNotNull(log.getLogEntry(5));
        log.setSnapshot(snapshot(20), 20);
        LogHead.repair(log);
        assertEquals(20, log.lastLogOrSnapshotIndex());
        append(21, 21);
        assertEquals(21, log.lastLogOrSnapshotIndex());
    }

    private void append(long first, long last) {
        for (long index = first; index <= last; index++) {
            log.appendEntry(Entries.entry(index, 1, Operation.NewTerm.INSTANCE));
        }
    }

    private static SnapshotEntry snapshot(long index) {
        return Messages.MODEL
                .createSnapshotEntryBuilder()
                .setIndex(index)
                .setTerm(1)
                .setSnapshotChunks(List.of(MESSAGES.chunk(new Messages.Place(index, 1))))
                .setGroupMembersView(MESSAGES.members())
                .build();
    }
}
