package io.carillon.cluster.replication;

import io.carillon.cluster.Epoch;
import io.carillon.cluster.ShardId;
import io.carillon.loop.ThreadLoop;
import io.carillon.storage.Batch;
import io.carillon.storage.Space;
import io.carillon.storage.rocks.RocksSettings;
import io.carillon.storage.rocks.RocksStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * How many records a second a {@link LocalLog} on RocksDB commits, run by hand: {@code LogBench DIR
 * always|system SHARDS LOOPS IN_FLIGHT SECONDS}. Each shard keeps so many records of 200 bytes in
 * flight, each a key of its own.
 */
final class LogBench {
    private static final Space STATE = new Space("state");

    private LogBench() {}

    public static void main(String[] args) throws IOException {
        Path dir = Files.createTempDirectory(Path.of(args[0]), "log-bench");
        SyncPolicy policy =
                args[1].equals("always") ? new SyncPolicy.Always() : new SyncPolicy.LeftToSystem();
        int shards = Integer.parseInt(args[2]);
        int loopCount = Integer.parseInt(args[3]);
        int inFlight = Integer.parseInt(args[4]);
        long seconds = Long.parseLong(args[5]);

        RocksStore store =
                RocksStore.open(dir, List.of(LocalLog.SPACE, STATE), RocksSettings.DEFAULT);
        LocalLog<byte[]> log = LocalLog.start(store, LocalLogSettings.of(policy));
        List<ThreadLoop> loops = new ArrayList<>();
        for (int i = 0; i < loopCount; i++) {
            loops.add(ThreadLoop.start("shard-" + i));
        }
        List<Feeder> feeders = new ArrayList<>();
        for (int i = 0; i < shards; i++) {
            Feeder feeder = new Feeder(log, i, inFlight);
            feeders.add(feeder);
            ThreadLoop loop = loops.get(i % loopCount);
            loop.execute(() -> log.open(new ShardId(feeder.shard), loop, feeder));
        }
        pause(2); // warm up
        feeders.forEach(feeder -> feeder.measuring = true);
        LogStats before = log.stats();
        long start = System.nanoTime();
        pause(seconds);
        LogStats after = log.stats();
        double took = (System.nanoTime() - start) / 1e9;
        log.close();
        loops.forEach(ThreadLoop::close);

        long[] micros =
                feeders.stream()
                        .flatMapToLong(feeder -> feeder.micros.stream().mapToLong(Long::longValue))
                        .sorted()
                        .toArray();
        long records = after.committedRecords() - before.committedRecords();
        System.out.printf(
                "%s shards %d loops %d in flight %d: %,.0f records/s, %,.0f syncs/s, %.1f records a"
                        + " sync, p50 %d us, p99 %d us, disk %d MiB%n",
                args[1],
                shards,
                loopCount,
                inFlight,
                records / took,
                (after.syncs() - before.syncs()) / took,
                records / (double) Math.max(1, after.syncs() - before.syncs()),
                micros[micros.length / 2],
                micros[(int) (micros.length * 0.99)],
                store.diskBytes() >> 20);
        store.close();
        try (var files = Files.walk(dir)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static void pause(long seconds) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (System.nanoTime() - end < 0) {
            LockSupport.parkNanos(end - System.nanoTime());
        }
    }

    private static final class Feeder implements ShardMachine<byte[]> {
        private final LocalLog<byte[]> log;
        private final int shard;
        private final int inFlight;
        private final ArrayDeque<Long> starts = new ArrayDeque<>();
        private final List<Long> micros = new ArrayList<>();
        private final byte[] record = new byte[200];
        private volatile boolean measuring;
        private Epoch epoch = new Epoch(0, 0);
        private long next;

        Feeder(LocalLog<byte[]> log, int shard, int inFlight) {
            this.log = log;
            this.shard = shard;
            this.inFlight = inFlight;
            Arrays.fill(record, (byte) 7);
        }

        @Override
        public void lead(Epoch epoch) {
            this.epoch = epoch;
            append(inFlight);
        }

        @Override
        public void follow(String reason) {
            System.err.println(reason);
        }

        @Override
        public void apply(byte[] bytes, Batch batch) {
            batch.put(STATE, ByteBuffer.allocate(16).putLong(shard).putLong(next++).array(), bytes);
        }

        @Override
        public void committed(int count) {
            long now = System.nanoTime();
            for (int i = 0; i < count; i++) {
                long took = (now - starts.remove()) / 1_000;
                if (measuring && next % 16 == 0) {
                    micros.add(took);
                }
            }
            append(count);
        }

        private void append(int count) {
            try {
                for (int i = 0; i < count; i++) {
                    log.append(new ShardId(shard), epoch, record);
                    starts.add(System.nanoTime());
                }
            } catch (AppendRefused e) {
                System.err.println(e.getMessage()); // the log is closing
            }
        }
    }
}
