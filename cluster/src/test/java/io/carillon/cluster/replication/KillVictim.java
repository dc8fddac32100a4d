package io.carillon.cluster.replication;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.carillon.cluster.Epoch;
import io.carillon.cluster.ShardId;
import io.carillon.loop.ThreadLoop;
import io.carillon.storage.Batch;
import io.carillon.storage.rocks.RocksSettings;
import io.carillon.storage.rocks.RocksStore;
import java.nio.file.Path;
import java.util.List;

/** A process that appends numbers and prints how many are committed, until it is killed. */
final class KillVictim implements ShardMachine<Long> {
    private static final ShardId SHARD = new ShardId(0);

    private final LocalLog<Long> log;
    private Epoch epoch = new Epoch(0, 0);
    private long next;
    private long committed;

    private KillVictim(LocalLog<Long> log, long next) {
        this.log = log;
        this.next = next;
        this.committed = next;
    }

    /**
     * @param args the data directory, {@code always} or not, the first number
     */
    public static void main(String[] args) {
        RocksStore store =
                RocksStore.open(
                        Path.of(args[0]),
                        List.of(LocalLog.SPACE, RecordingMachine.SPACE),
                        RocksSettings.DEFAULT);
        SyncPolicy policy =
                args[1].equals("always") ? new SyncPolicy.Always() : new SyncPolicy.LeftToSystem();
        LocalLog<Long> log = LocalLog.start(store, LocalLogSettings.of(policy));
        ThreadLoop loop = ThreadLoop.start("shard-0");
        KillVictim victim = new KillVictim(log, Long.parseLong(args[2]));
        loop.execute(() -> log.open(SHARD, loop, victim));
    }

    static byte[] key(long number) {
        return Long.toString(number).getBytes(UTF_8);
    }

    @Override
    public void lead(Epoch epoch) {
        this.epoch = epoch;
        append(20);
    }

    @Override
    public void follow(String reason) {
        throw new IllegalStateException(reason);
    }

    @Override
    public void apply(Long record, Batch batch) {
        batch.put(RecordingMachine.SPACE, key(record), new byte[300]);
    }

    @Override
    public void committed(int count) {
        committed += count;
        System.out.println(committed);
        append(count);
    }

    private void append(int count) {
        try {
            for (int i = 0; i < count; i++) {
                log.append(SHARD, epoch, next++);
            }
        } catch (AppendRefused e) {
            throw new IllegalStateException(e);
        }
    }
}
