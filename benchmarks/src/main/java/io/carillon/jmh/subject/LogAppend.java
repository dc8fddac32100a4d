package io.carillon.jmh.subject;

import io.carillon.cluster.replication.LocalLog;
import io.carillon.cluster.replication.LocalLogSettings;
import io.carillon.loop.ManualLoop;
import io.carillon.record.ShardRecord;
import java.io.IOException;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * One turn of a shard's loop with so many messages for a durable session, from the first append
 * until all are committed, on one thread: what a commit takes where nothing else runs. Per turn,
 * not per message.
 */
@State(Scope.Thread)
public class LogAppend {
    @Param Fsync fsync = Fsync.ALWAYS;

    @Param({"1", "32", "256"})
    int messages;

    private final ManualLoop loop = new ManualLoop("shard-0");
    private final ManualLoop committer = new ManualLoop("log-0");
    private long appended;
    private long committed;
    private Runnable turn;
    private TemporaryStore store;
    private LocalLog<ShardRecord> log;

    @Setup
    public void setUp() throws IOException {
        store = new TemporaryStore();
        log = LocalLog.on(committer, store.store(), LocalLogSettings.of(fsync.policy()));
        QueueWriter writer = new QueueWriter(log, 0, count -> committed += count);
        loop.execute(() -> log.open(writer.shard(), loop, writer));
        loop.runUntilIdle();
        turn = () -> appended += writer.append(messages);
    }

    @TearDown
    public void tearDown() throws IOException {
        log.close();
        committer.runUntilIdle();
        loop.runUntilIdle();
        store.close();
    }

    @Benchmark
    public long turn() {
        loop.execute(turn);
        while (loop.runTurn() || committer.runTurn()) {
            // until the commit has been told
        }
        if (committed != appended) {
            throw new IllegalStateException(committed + " of " + appended + " are committed");
        }
        return committed;
    }
}
