package io.carillon.cluster.replication;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.carillon.cluster.Epoch;
import io.carillon.cluster.ShardId;
import io.carillon.loop.ManualClock;
import io.carillon.loop.ManualLoop;
import io.carillon.storage.StorageException;
import io.carillon.storage.memory.MemoryStore;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Everything on one thread: the test says which loop runs next. */
class LocalLogTest {
    private static final ShardId S0 = new ShardId(0);
    private static final ShardId S1 = new ShardId(1);

    private final ManualClock clock = new ManualClock(0);
    private final ManualLoop loop0 = new ManualLoop("shard-0", clock);
    private final ManualLoop loop1 = new ManualLoop("shard-1", clock);
    private final ManualLoop committer = new ManualLoop("log-0", clock);
    private final RecordingMachine m0 = new RecordingMachine();
    private final RecordingMachine m1 = new RecordingMachine();
    private MemoryStore store = new MemoryStore(List.of(LocalLog.SPACE, RecordingMachine.SPACE));
    private LocalLog<String> log;

    @Test
    void aRecordIsReadableAtTheTurnsEndAndCommittedAfterTheSync() {
        open(new SyncPolicy.Always());
        loop0.execute(() -> append(S0, m0, "a", "b"));
        loop0.runOne();
        assertFalse(stored("a"));
        loop0.endTurn();
        assertTrue(stored("a"));
        assertEquals(0, m0.committed);
        committer.runUntilIdle();
        assertEquals(0, m0.committed);
        loop0.runUntilIdle();
        assertEquals(List.of("lead", "committed 2"), m0.events);
        assertEquals(0, store.unsyncedBatches());
    }

    @Test
    void oneSyncCommitsAllShardsAndTheNextGroupGathersMeanwhile() {
        open(new SyncPolicy.Always());
        long syncs = store.syncs();
        turn(loop0, () -> append(S0, m0, "a"));
        turn(loop1, () -> append(S1, m1, "b", "c"));
        turn(loop0, () -> append(S0, m0, "d"));
        committer.runOne();
        assertEquals(syncs + 1, store.syncs());
        turn(loop0, () -> append(S0, m0, "e"));
        loop1.runUntilIdle();
        assertEquals(List.of("lead", "committed 2"), m0.events);
        assertEquals(List.of("lead", "committed 2"), m1.events);
        runAll();
        assertEquals(syncs + 2, store.syncs());
        assertEquals(3, m0.committed);
    }

    @Test
    void aRecordThatChangesNothingIsCommittedInItsOrder() {
        open(new SyncPolicy.Always());
        turn(loop0, () -> append(S0, m0, "nothing"));
        runAll();
        assertEquals(1, m0.committed);
    }

    @Test
    void whatIsCommittedOutlivesACrashAndTheNextStartHasAHigherEpoch() {
        open(new SyncPolicy.Always());
        turn(loop0, () -> append(S0, m0, "a"));
        runAll();
        turn(loop0, () -> append(S0, m0, "b"));
        Epoch before = m0.epoch;
        store = store.crash();
        assertTrue(stored("a"));
        assertFalse(stored("b"));

        RecordingMachine again = new RecordingMachine();
        ManualLoop loop = new ManualLoop("shard-0");
        LocalLog<String> next = LocalLog.on(committer, store, settings(new SyncPolicy.Always()));
        turn(loop, () -> next.open(S0, loop, again));
        assertTrue(again.epoch.compareTo(before) > 0);
        var e = refused(loop, () -> next.append(S0, before, "c"));
        assertEquals(AppendRefused.Reason.NOT_LEADER, e.reason());
    }

    @Test
    void flushMakesTheOpenBatchReadable() {
        open(new SyncPolicy.Always());
        turn(
                loop0,
                () -> {
                    append(S0, m0, "a");
                    assertFalse(stored("a"));
                    log.flush(S0);
                    assertTrue(stored("a"));
                    log.flush(S0);
                    append(S0, m0, "b");
                });
        runAll();
        assertEquals(List.of("lead", "committed 2"), m0.events);
    }

    @Test
    void anIntervalCommitsAtTheTurnsEndAndSyncsOnItsClock() {
        open(new SyncPolicy.Interval(100));
        long syncs = store.syncs();
        turn(loop0, () -> append(S0, m0, "a"));
        assertEquals(1, m0.committed);
        committer.advanceMillis(99);
        assertEquals(syncs, store.syncs());
        committer.advanceMillis(1);
        assertEquals(syncs + 1, store.syncs());
        committer.advanceMillis(1_000);
        assertEquals(syncs + 1, store.syncs()); // nothing new
        turn(loop0, () -> append(S0, m0, "b"));
        committer.advanceMillis(100);
        assertEquals(syncs + 2, store.syncs());
    }

    @Test
    void leftToTheSystemNothingIsSyncedUntilTheEnd() {
        open(new SyncPolicy.LeftToSystem());
        long syncs = store.syncs();
        turn(loop0, () -> append(S0, m0, "a"));
        assertEquals(1, m0.committed);
        committer.advanceMillis(1_000_000);
        assertEquals(syncs, store.syncs());
        CompletableFuture<Void> drained = log.drain();
        runAll();
        assertTrue(drained.isDone());
        assertEquals(0, store.unsyncedBatches());
    }

    @Test
    void aFailedWriteStopsEveryShardOnce() {
        open(new SyncPolicy.Always());
        store.failNextWrite("no space left");
        turn(loop0, () -> append(S0, m0, "a"));
        runAll();
        assertStopped(m0);
        assertStopped(m1);
        var e = refused(loop1, () -> log.append(S1, m1.epoch, "b"));
        assertEquals(AppendRefused.Reason.STORE_FAILED, e.reason());
        assertTrue(e.getMessage().contains("no space left"), e.getMessage());
        runAll();
        assertEquals(2, m0.events.size());
    }

    @Test
    void aFailedSyncCommitsNothingAndStopsEveryShard() {
        open(new SyncPolicy.Always());
        turn(loop0, () -> append(S0, m0, "a"));
        store.failNextSync("bad sector");
        runAll();
        assertStopped(m0);
        assertStopped(m1);
        assertEquals(0, m0.committed);
    }

    @Test
    void flushOnAFailedStoreThrowsAndLateShardsDoNotLead() {
        open(new SyncPolicy.Always());
        store.failNextWrite("no space left");
        turn(
                loop0,
                () -> {
                    append(S0, m0, "a");
                    assertThrows(StorageException.class, () -> log.flush(S0));
                });
        RecordingMachine late = new RecordingMachine();
        turn(loop0, () -> log.open(new ShardId(2), loop0, late));
        assertEquals(1, late.events.size());
        assertTrue(late.events.getFirst().startsWith("follow"), late.events.toString());
    }

    @Test
    void aRecordThatCannotBeAppliedStopsItsShardOnly() {
        open(new SyncPolicy.Always());
        turn(loop0, () -> append(S0, m0, "before"));
        var e =
                refused(
                        loop0,
                        () -> {
                            append(S0, m0, "same turn");
                            log.append(S0, m0.epoch, "half");
                        });
        assertEquals(AppendRefused.Reason.NOT_LEADER, e.reason());
        var again = refused(loop0, () -> log.append(S0, m0.epoch, "after"));
        assertEquals(AppendRefused.Reason.NOT_LEADER, again.reason());
        runAll();
        assertStopped(m0);
        assertTrue(stored("before"));
        assertFalse(stored("half"));
        assertFalse(stored("same turn"));

        turn(loop1, () -> append(S1, m1, "other"));
        runAll();
        assertEquals(List.of("lead", "committed 1"), m1.events);
    }

    @Test
    void tooMuchThatIsNotCommittedCongestsAndThenRefuses() {
        log =
                LocalLog.on(
                        committer,
                        store,
                        new LocalLogSettings(new SyncPolicy.Always(), 1_000, 2_000));
        turn(loop0, () -> log.open(S0, loop0, m0));
        assertFalse(log.congested());
        turn(loop0, () -> append(S0, m0, "x".repeat(1_000)));
        assertTrue(log.congested());
        turn(loop0, () -> append(S0, m0, "y".repeat(1_000)));
        var e = refused(loop0, () -> log.append(S0, m0.epoch, "z"));
        assertEquals(AppendRefused.Reason.BUSY, e.reason());
        runAll();
        assertFalse(log.congested());
        turn(loop0, () -> append(S0, m0, "z"));
        runAll();
        assertEquals(3, m0.committed);
        assertEquals(0, log.stats().uncommittedBytes());
        assertEquals(3, log.stats().committedRecords());
    }

    @Test
    void drainingRefusesNewRecordsAndCommitsTheOldOnes() {
        open(new SyncPolicy.Always());
        turn(loop0, () -> append(S0, m0, "a"));
        loop1.execute(() -> append(S1, m1, "b"));
        loop1.runOne();
        CompletableFuture<Void> drained = log.drain();
        var e = refused(loop0, () -> log.append(S0, m0.epoch, "c"));
        assertEquals(AppendRefused.Reason.NOT_LEADER, e.reason());
        assertFalse(drained.isDone());
        runAll();
        assertTrue(drained.isDone());
        assertEquals(1, m0.committed);
        assertEquals(1, m1.committed);
        assertEquals(0, store.unsyncedBatches());
    }

    @Test
    void aShardIsTouchedOnItsLoopOnly() {
        open(new SyncPolicy.Always());
        assertThrows(IllegalStateException.class, () -> log.append(S0, m0.epoch, "a"));
        assertThrows(IllegalStateException.class, () -> log.flush(S0));
        turn(loop0, () -> assertThrows(IllegalStateException.class, () -> log.flush(S1)));
    }

    private void open(SyncPolicy policy) {
        log = LocalLog.on(committer, store, settings(policy));
        turn(loop0, () -> log.open(S0, loop0, m0));
        turn(loop1, () -> log.open(S1, loop1, m1));
    }

    private static LocalLogSettings settings(SyncPolicy policy) {
        return LocalLogSettings.of(policy);
    }

    private void append(ShardId shard, RecordingMachine machine, String... records) {
        try {
            for (String record : records) {
                log.append(shard, machine.epoch, record);
            }
        } catch (AppendRefused e) {
            throw new AssertionError(e);
        }
    }

    private boolean stored(String key) {
        return store.get(RecordingMachine.SPACE, key.getBytes(UTF_8)) != null;
    }

    private void turn(ManualLoop loop, Runnable task) {
        loop.execute(task);
        loop.runTurn();
        assertEquals(0, loop.failures());
    }

    private void runAll() {
        while (Stream.of(loop0, loop1, committer).filter(ManualLoop::runTurn).count() > 0) {
            assertEquals(0, loop0.failures() + loop1.failures() + committer.failures());
        }
    }

    private interface Appending {
        void run() throws AppendRefused;
    }

    private AppendRefused refused(ManualLoop loop, Appending appending) {
        AppendRefused[] refused = new AppendRefused[1];
        turn(
                loop,
                () -> {
                    try {
                        appending.run();
                    } catch (AppendRefused e) {
                        refused[0] = e;
                    }
                });
        assertNotNull(refused[0]);
        return refused[0];
    }

    private static void assertStopped(RecordingMachine machine) {
        List<String> follows =
                machine.events.stream().filter(each -> each.startsWith("follow")).toList();
        assertEquals(1, follows.size());
        assertEquals(follows.getFirst(), machine.events.getLast());
    }
}
