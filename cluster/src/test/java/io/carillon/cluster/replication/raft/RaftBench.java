package io.carillon.cluster.replication.raft;

import com.sun.management.OperatingSystemMXBean;
import io.carillon.cluster.Epoch;
import io.carillon.cluster.NodeId;
import io.carillon.cluster.ShardId;
import io.carillon.cluster.Voter;
import io.carillon.cluster.replication.AppendRefused;
import io.carillon.cluster.replication.KeyRange;
import io.carillon.cluster.replication.ShardMachine;
import io.carillon.cluster.replication.SyncPolicy;
import io.carillon.loop.ThreadLoop;
import io.carillon.storage.Batch;
import io.carillon.storage.Space;
import io.carillon.storage.Store;
import io.carillon.storage.rocks.RocksSettings;
import io.carillon.storage.rocks.RocksStore;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Three nodes in one process, each with a RocksDB and a loop of its own, frames handed over as
 * bytes. Prints what it reaches; run by hand: {@code RaftBench FOLDER always|left SHARDS BATCH
 * IN-FLIGHT SECONDS}, where a shard has so many batches of records under way.
 */
final class RaftBench {
    private static final Space STATE = new Space("state");
    private static final int RECORD_BYTES = 200;
    private static final int NODES = 3;
    private static final int SAMPLES_MAX = 1 << 20;

    private final int batch;
    private final int inFlight;
    private final int shards;
    private final List<Node> nodes = new ArrayList<>();
    private final CountDownLatch led;
    private volatile boolean measuring;
    private volatile boolean running = true;

    private RaftBench(int shards, int batch, int inFlight) {
        this.shards = shards;
        this.batch = batch;
        this.inFlight = inFlight;
        this.led = new CountDownLatch(shards);
    }

    public static void main(String[] args) throws Exception {
        Path folder = Files.createTempDirectory(Path.of(args[0]), "raft-bench");
        SyncPolicy sync =
                args[1].equals("always") ? new SyncPolicy.Always() : new SyncPolicy.LeftToSystem();
        RaftBench bench =
                new RaftBench(
                        Integer.parseInt(args[2]),
                        Integer.parseInt(args[3]),
                        Integer.parseInt(args[4]));
        bench.start(folder, sync);
        bench.measure(String.join(" ", args), Integer.parseInt(args[5]));
        System.exit(0);
    }

    private void start(Path folder, SyncPolicy sync) throws IOException, InterruptedException {
        for (int i = 0; i < NODES; i++) {
            Path own = Files.createDirectory(folder.resolve("n" + i));
            nodes.add(new Node(i, own, sync));
        }
        List<Voter> replicas =
                nodes.stream().map(node -> new Voter(node.id, node.log.disk())).toList();
        for (Node node : nodes) {
            for (int shard = 0; shard < shards; shard++) {
                ShardId id = new ShardId(shard);
                node.log.place(id, new Generation(1, replicas));
                Feeder feeder = new Feeder(node, id);
                node.feeders.add(feeder);
                node.loop.execute(() -> node.log.open(id, node.loop, feeder));
            }
        }
        led.await();
    }

    private void measure(String what, int seconds) throws InterruptedException {
        var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        new CountDownLatch(1).await(seconds, TimeUnit.SECONDS); // warm-up
        long records = records();
        long syncs = syncs();
        long entries = nodes.stream().mapToLong(node -> node.entries()).sum();
        long cpu = system.getProcessCpuTime();
        long start = System.nanoTime();
        measuring = true;
        new CountDownLatch(1).await(seconds, TimeUnit.SECONDS);
        measuring = false;
        double elapsed = (System.nanoTime() - start) / 1e9;
        records = records() - records;
        syncs = syncs() - syncs;
        entries = nodes.stream().mapToLong(node -> node.entries()).sum() - entries;
        cpu = system.getProcessCpuTime() - cpu;
        running = false;
        long[] nanos = samples();
        System.out.printf(
                "%s: %,.0f records/s, %,.0f entries/s, p50 %.2f ms, p99 %.2f ms, CPU %.1f us a record,"
                        + " %,.0f syncs/s on all nodes, %.1f records a sync%n",
                what,
                records / elapsed,
                entries / elapsed,
                nanos[nanos.length / 2] / 1e6,
                nanos[(int) (nanos.length * 0.99)] / 1e6,
                cpu / 1e3 / records,
                syncs / elapsed,
                3.0 * records / syncs);
    }

    private long records() {
        return nodes.stream().mapToLong(node -> node.log.stats().committedRecords()).sum();
    }

    private long syncs() {
        return nodes.stream().mapToLong(node -> node.log.stats().syncs()).sum();
    }

    private long[] samples() {
        return nodes.stream()
                .flatMap(node -> node.feeders.stream())
                .flatMapToLong(feeder -> Arrays.stream(feeder.samples, 0, feeder.sampled))
                .sorted()
                .toArray();
    }

    private final class Node {
        final NodeId id;
        final ThreadLoop loop;
        final RaftLog<byte[]> log;
        final List<Feeder> feeders = new ArrayList<>();

        Node(int number, Path folder, SyncPolicy sync) {
            id = new NodeId("n" + number);
            loop = ThreadLoop.start("shard-" + number);
            Store store =
                    RocksStore.open(folder, List.of(RaftLog.SPACE, STATE), RocksSettings.DEFAULT);
            log =
                    RaftLog.start(
                            id, store, this::send, RaftSettings.of(sync), new NoListener(), number);
        }

        private void send(NodeId to, ShardId shard, long generation, byte[] frame) {
            int target = Integer.parseInt(to.name().substring(1));
            nodes.get(target).log.received(id, shard, generation, frame);
        }

        long entries() {
            return feeders.stream().mapToLong(feeder -> feeder.turns).sum();
        }
    }

    /** Keeps a shard busy where it is led. */
    private final class Feeder implements ShardMachine<byte[]> {
        private final Node node;
        private final ShardId shard;
        private final ArrayDeque<Long> sent = new ArrayDeque<>();
        private final long[] samples = new long[SAMPLES_MAX / shards];
        private int sampled;
        private long appended;
        private volatile long turns;
        private @Nullable Epoch epoch;

        Feeder(Node node, ShardId shard) {
            this.node = node;
            this.shard = shard;
        }

        @Override
        public void lead(Epoch newEpoch) {
            epoch = newEpoch;
            led.countDown();
            fill();
        }

        @Override
        public void follow(String reason) {
            epoch = null;
            sent.clear();
        }

        @Override
        public void apply(byte[] record, Batch target) {
            byte[] key = Arrays.copyOf(record, Short.BYTES + Long.BYTES);
            target.put(STATE, key, record);
        }

        @Override
        public void committed(int count) {
            long now = System.nanoTime();
            for (int i = 0; i < count; i++) {
                long since = now - sent.remove();
                if (measuring && sampled < samples.length) {
                    samples[sampled++] = since;
                }
            }
            fill();
        }

        @SuppressWarnings("NonAtomicVolatileUpdate") // one writer, the loop
        private void fill() {
            Epoch fence = epoch;
            if (fence == null || !running || sent.size() > batch * (inFlight - 1)) {
                return;
            }
            turns++;
            try {
                while (sent.size() < batch * inFlight) {
                    byte[] record = new byte[RECORD_BYTES];
                    ByteBuffer.wrap(record).putShort((short) shard.number()).putLong(appended++);
                    node.log.append(shard, fence, record);
                    sent.add(System.nanoTime());
                }
            } catch (AppendRefused e) {
                System.out.println(shard + ": " + e.getMessage());
            }
        }

        @Override
        public List<KeyRange> ranges() {
            byte[] from = ByteBuffer.allocate(2).putShort((short) shard.number()).array();
            byte[] to = ByteBuffer.allocate(2).putShort((short) (shard.number() + 1)).array();
            return List.of(new KeyRange(STATE, from, to));
        }
    }
}
