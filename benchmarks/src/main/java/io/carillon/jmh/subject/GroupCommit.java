package io.carillon.jmh.subject;

import io.carillon.cluster.replication.LocalLog;
import io.carillon.cluster.replication.LocalLogSettings;
import io.carillon.loop.ThreadLoop;
import io.carillon.record.ShardRecord;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Messages for durable sessions on all shards of a node, two loops and the committer at work
 * together, each shard with so many records under way; per message. One is two records, see {@link
 * QueueWriter}.
 */
@State(Scope.Thread)
public class GroupCommit {
    private static final int SHARDS = 16;
    private static final int LOOPS = 2;
    private static final int MESSAGES = 1 << 12;

    @Param Fsync fsync = Fsync.ALWAYS;

    @Param({"1", "32", "256"})
    int inFlight;

    private final List<ThreadLoop> loops = new ArrayList<>();
    private final List<Feeder> feeders = new ArrayList<>();
    private volatile CountDownLatch round = new CountDownLatch(SHARDS);
    private TemporaryStore store;
    private LocalLog<ShardRecord> log;

    /** Keeps one shard at work. On its loop. */
    private final class Feeder {
        private final ThreadLoop loop;
        private final QueueWriter writer;
        private int left;
        private int records;

        Feeder(int shard) {
            loop = loops.get(shard % LOOPS);
            writer = new QueueWriter(log, shard, this::committed);
        }

        void open() {
            log.open(writer.shard(), loop, writer);
            round.countDown();
        }

        void begin() {
            left = MESSAGES / SHARDS;
            append(Math.min(left, inFlight));
        }

        private void append(int messages) {
            left -= messages;
            records += writer.append(messages);
        }

        private void committed(int count) {
            records -= count;
            if (records > 0) {
                return;
            }
            if (left > 0) {
                append(Math.min(left, inFlight));
            } else {
                round.countDown();
            }
        }
    }

    @Setup
    public void setUp() throws IOException, InterruptedException {
        store = new TemporaryStore();
        log = LocalLog.start(store.store(), LocalLogSettings.of(fsync.policy()));
        for (int i = 0; i < LOOPS; i++) {
            loops.add(ThreadLoop.start("shard-" + i));
        }
        for (int i = 0; i < SHARDS; i++) {
            Feeder feeder = new Feeder(i);
            feeders.add(feeder);
            feeder.loop.execute(feeder::open);
        }
        round.await();
    }

    @TearDown
    public void tearDown() throws IOException {
        log.close();
        loops.forEach(ThreadLoop::close);
        store.close();
    }

    @Benchmark
    @OperationsPerInvocation(MESSAGES)
    public void messages() throws InterruptedException {
        CountDownLatch done = new CountDownLatch(SHARDS);
        round = done;
        for (Feeder feeder : feeders) {
            feeder.loop.execute(feeder::begin);
        }
        done.await();
    }
}
