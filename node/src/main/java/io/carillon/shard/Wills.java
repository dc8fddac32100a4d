package io.carillon.shard;

import io.carillon.mqtt.packet.Will;
import io.carillon.record.Origin;
import io.carillon.record.SessionRow;
import io.carillon.record.ShardRecord.SessionRemoved;

/**
 * Publishes wills that are due. Each stands in a row of its own until it is stored wherever it must
 * be [MQTT-3.1.2-8] [MQTT-3.1.2-10] [MQTT3-3.1.2-8]: a crash in between publishes it again, and
 * nobody queues it twice.
 */
final class Wills {
    private final ShardContext shard;

    Wills(ShardContext shard) {
        this.shard = shard;
    }

    /**
     * Publishes the will of a row, and deletes the row once that is done.
     *
     * @param row stands for this will only
     */
    void publish(SessionRow row) {
        Will will = row.will();
        if (will == null) { // [MQTT3-3.1.2-12]
            forget(row);
            return;
        }
        shard.metrics().wills.increment();
        // [MQTT-3.1.2-14] [MQTT-3.1.2-15] [MQTT3-3.1.2-16] [MQTT3-3.1.2-17]
        Publication publication =
                new Publication(
                        will.messageAt(shard.now()),
                        will.qos(),
                        will.retain(),
                        row.clientId(),
                        0,
                        origin(row));
        shard.publisher()
                .get()
                .publish(publication, outcome -> shard.loop().execute(() -> forget(row)));
    }

    /**
     * What no other will is called, apart from the numbers of sessions: it has that of its
     * connection. One of an earlier start may have been published then.
     */
    private Origin origin(SessionRow row) {
        boolean repeat = row.attachment() < shard.journal().firstAttachment();
        return new Origin(originOf(shard.number(), row.attachment()), 1, repeat);
    }

    /**
     * A negative number for an attachment, which fills its 63 bits: no other has it, but by luck.
     */
    static long originOf(int shard, long attachment) {
        long mixed = (attachment + shard * 0x9E3779B97F4A7C15L) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ mixed >>> 29) * 0x94D049BB133111EBL;
        return mixed ^ mixed >>> 32 | Long.MIN_VALUE;
    }

    private void forget(SessionRow row) {
        if (shard.journal().isOpen()) {
            shard.journal().append(new SessionRemoved(row.session()));
        }
    }
}
