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
import io.carillon.record.Queued;
import io.carillon.record.ShardRecord;
import io.carillon.record.ShardRecord.Entry;
import io.carillon.record.ShardRecord.MessageDone;
import io.carillon.record.ShardRecord.MessageQueued;
import io.carillon.shard.StateWriter;
import io.carillon.storage.Batch;
import java.util.List;
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
    private long records;

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
     * Appends what messages bring about in their lives: two records each, but for the first ones.
     *
     * @return how many records
     */
    int append(int messages) {
        long before = records;
        for (int i = 0; i < messages; i++) {
            Entry entry = new Entry(session, queued(next));
            append(new MessageQueued(0, message, List.of(entry), null, 1));
            if (next >= BEHIND) {
                append(new MessageDone(session, queued(next - BEHIND), 0));
            }
            next++;
        }
        return (int) (records - before);
    }

    private Queued queued(long seq) {
        return new Queued(
                seq,
                QoS.AT_LEAST_ONCE,
                false,
                Publish.NO_IDENTIFIERS,
                null,
                0,
                message,
                seq * message.bytes());
    }

    private void append(ShardRecord record) {
        try {
            log.append(shard, epoch, record);
            records++;
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
