package io.carillon.jmh.subject;

import io.carillon.cluster.Epoch;
import io.carillon.cluster.ShardId;
import io.carillon.cluster.replication.AppendRefused;
import io.carillon.cluster.replication.LocalLog;
import io.carillon.cluster.replication.ShardMachine;
import io.carillon.mqtt.packet.Message;
import io.carillon.mqtt.packet.MessageProperties;
import io.carillon.mqtt.packet.Publish;
import io.carillon.mqtt.packet.QoS;
import io.carillon.record.Chunk;
import io.carillon.record.QueueState;
import io.carillon.record.Queued;
import io.carillon.record.ShardRecord;
import io.carillon.record.ShardRecord.Advance;
import io.carillon.record.ShardRecord.Heard;
import io.carillon.record.ShardRecord.QueuesChanged;
import io.carillon.shard.StateWriter;
import io.carillon.storage.Batch;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.function.IntConsumer;

/**
 * A shard that does nothing but write: each message of 64 bytes is queued for one durable session,
 * and done with a little later, as when its client keeps up. On the shard's loop.
 */
final class QueueWriter implements ShardMachine<ShardRecord> {
    /** A message is done with when so many further ones are queued. */
    private static final int BEHIND = 64;

    private final LocalLog<ShardRecord> log;
    private final ShardId shard;
    private final long session;
    private final StateWriter state;
    private final IntConsumer committed;
    private final Message message =
            Sample.publish(Sample.TOPIC, QoS.AT_LEAST_ONCE, 64, MessageProperties.NONE).message();
    private Epoch epoch = new Epoch(0, 0);
    private long next;

    /** The first places of the chunks that are stored, upwards. */
    private final Queue<Long> chunks = new ArrayDeque<>();

    QueueWriter(LocalLog<ShardRecord> log, int shard, IntConsumer committed) {
        this.log = log;
        this.shard = new ShardId(shard);
        this.session = (long) shard << 48 | 1;
        this.state = new StateWriter(shard);
        this.committed = committed;
    }

    ShardId shard() {
        return shard;
    }

    /**
     * Appends what messages that come in one turn bring about: one record, in which they are queued
     * and as many of those before are done with.
     *
     * @return how many records
     */
    int append(int messages) {
        long first = next;
        List<Queued> entries = new ArrayList<>(messages);
        for (int i = 0; i < messages; i++) {
            entries.add(queued(next++));
        }
        Chunk chunk = new Chunk(session, 0, entries, new int[messages]);
        chunks.add(first);
        append(
                new QueuesChanged(
                        0, List.of(), 0, List.of(chunk), advance(), List.of(), Heard.NOTHING));
        return 1;
    }

    /** All but the last entries are done with, and with them the chunks that have no other. */
    private List<Advance> advance() {
        long head = next - BEHIND;
        if (head <= 0) {
            return List.of();
        }
        List<Long> removed = new ArrayList<>();
        while (chunks.size() > 1 && secondChunk() <= head) {
            removed.add(chunks.remove());
        }
        QueueState state = new QueueState(head, new long[0], new long[0]);
        return List.of(
                new Advance(session, state, removed.stream().mapToLong(each -> each).toArray()));
    }

    private long secondChunk() {
        return chunks.stream().skip(1).findFirst().orElseThrow();
    }

    private Queued queued(long seq) {
        return new Queued(
                seq,
                QoS.AT_LEAST_ONCE,
                false,
                Publish.NO_IDENTIFIERS,
                null,
                message,
                seq * message.bytes());
    }

    private void append(ShardRecord record) {
        try {
            log.append(shard, epoch, record);
        } catch (AppendRefused e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void lead(Epoch given) {
        epoch = given;
    }

    @Override
    public void follow(String reason) {
        throw new IllegalStateException(reason);
    }

    @Override
    public void apply(ShardRecord record, Batch batch) {
        state.apply(record, batch);
    }

    @Override
    public void committed(int count) {
        committed.accept(count);
    }
}
