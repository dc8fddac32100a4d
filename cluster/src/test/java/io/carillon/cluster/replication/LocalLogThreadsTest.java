package io.carillon.cluster.replication;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.carillon.cluster.Epoch;
import io.carillon.cluster.ShardId;
import io.carillon.loop.ThreadLoop;
import io.carillon.storage.Batch;
import io.carillon.storage.Store;
import io.carillon.storage.memory.MemoryStore;
import io.carillon.storage.rocks.RocksSettings;
import io.carillon.storage.rocks.RocksStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same on real threads: whatever they do, what was said to be committed is there. */
@Timeout(60)
class LocalLogThreadsTest {
    private static final int SHARDS = 6;

    @TempDir private Path temp;

    private final List<ThreadLoop> loops =
            List.of(
                    ThreadLoop.start("shard-0"),
                    ThreadLoop.start("shard-1"),
                    ThreadLoop.start("shard-2"));

    @AfterEach
    void stop() {
        loops.forEach(ThreadLoop::close);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 20, 300, 1_000, 3_000, 10_000})
    void whatWasCommittedOutlivesAPowerFailureAtAnyMoment(int crashAfter) throws Exception {
        MemoryStore store = new MemoryStore(List.of(LocalLog.SPACE, RecordingMachine.SPACE));
        List<Feeder> feeders = start(store, Integer.MAX_VALUE, crashAfter);
        feeders.getFirst().reached.await();
        // What is committed when the power goes, at least; more may be by then.
        List<Integer> committed = feeders.stream().map(feeder -> feeder.committed.get()).toList();
        MemoryStore after = store.crash();
        for (int shard = 0; shard < SHARDS; shard++) {
            int last = committed.get(shard) - 1;
            if (last >= 0) {
                assertNotNull(after.get(RecordingMachine.SPACE, key(shard, last)));
                assertNotNull(after.get(RecordingMachine.SPACE, key(shard, 0)));
            }
        }
        feeders.getFirst().log.close();
    }

    @Test
    void closingCommitsWhatWasAppended() throws Exception {
        int each = 1_000;
        try (Store store = rocks()) {
            List<Feeder> feeders = start(store, each, each / 2);
            feeders.getFirst().reached.await();
            feeders.getFirst().log.close();
            feeders.getFirst().log.close(); // once more does no harm
            loops.forEach(ThreadLoop::close);
            for (Feeder feeder : feeders) {
                assertEquals(feeder.appended, feeder.committed.get());
                assertTrue(feeder.appended > 0);
            }
        }
    }

    @Test
    void aStoreThatFailsUnderLoadStopsEachShardOnce() throws Exception {
        MemoryStore store = new MemoryStore(List.of(LocalLog.SPACE, RecordingMachine.SPACE));
        List<Feeder> feeders = start(store, Integer.MAX_VALUE, 500);
        feeders.getFirst().reached.await();
        store.failNextSync("bad sector");
        for (Feeder feeder : feeders) {
            feeder.stopped.await();
        }
        feeders.getFirst().log.close();
        loops.forEach(ThreadLoop::close);
        feeders.forEach(feeder -> assertEquals(1, feeder.follows.get()));
        Set<String> reasons = new HashSet<>();
        feeders.forEach(feeder -> reasons.add(feeder.reason));
        assertEquals(Set.of("the store has failed: bad sector"), reasons);
    }

    private Store rocks() {
        return RocksStore.open(
                temp, List.of(LocalLog.SPACE, RecordingMachine.SPACE), RocksSettings.DEFAULT);
    }

    private List<Feeder> start(Store store, int records, int reachedAt) {
        LocalLog<String> log = LocalLog.start(store, LocalLogSettings.of(new SyncPolicy.Always()));
        List<Feeder> feeders = new ArrayList<>();
        for (int i = 0; i < SHARDS; i++) {
            Feeder feeder = new Feeder(log, i, records, reachedAt);
            feeders.add(feeder);
            ThreadLoop loop = loops.get(i % loops.size());
            loop.execute(() -> log.open(new ShardId(feeder.shard), loop, feeder));
        }
        return feeders;
    }

    private static byte[] key(int shard, int number) {
        return (shard + "/" + number).getBytes(UTF_8);
    }

    /** Keeps up to seven records in flight. */
    private static final class Feeder implements ShardMachine<String> {
        private final LocalLog<String> log;
        private final int shard;
        private final int records;
        private final int reachedAt;
        private final CountDownLatch reached = new CountDownLatch(1);
        private final CountDownLatch stopped = new CountDownLatch(1);
        private final AtomicInteger committed = new AtomicInteger();
        private final AtomicInteger follows = new AtomicInteger();
        private volatile String reason = "";
        private volatile int appended;
        private Epoch epoch = new Epoch(0, 0);

        Feeder(LocalLog<String> log, int shard, int records, int reachedAt) {
            this.log = log;
            this.shard = shard;
            this.records = records;
            this.reachedAt = reachedAt;
        }

        @Override
        public void lead(Epoch epoch) {
            this.epoch = epoch;
            append(1 + shard);
        }

        @Override
        public void follow(String reason) {
            this.reason = reason;
            follows.incrementAndGet();
            stopped.countDown();
        }

        @Override
        public void apply(String record, Batch batch) {
            batch.put(RecordingMachine.SPACE, record.getBytes(UTF_8), new byte[50]);
        }

        @Override
        public void committed(int count) {
            if (committed.addAndGet(count) >= reachedAt) {
                reached.countDown();
            }
            append(count);
        }

        @SuppressWarnings("NonAtomicVolatileUpdate") // one writer, the loop
        private void append(int count) {
            try {
                for (int i = 0; i < count && appended < records; i++) {
                    log.append(new ShardId(shard), epoch, shard + "/" + appended);
                    appended++;
                }
            } catch (AppendRefused e) {
                assertTrue(
                        e.reason() == AppendRefused.Reason.NOT_LEADER
                                || e.reason() == AppendRefused.Reason.STORE_FAILED);
            }
        }
    }
}
