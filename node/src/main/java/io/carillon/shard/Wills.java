package io.carillon.shard;

import io.carillon.mqtt.packet.Will;
import io.carillon.record.Origin;
import io.carillon.record.SessionRow;
import io.carillon.record.ShardRecord.SessionRemoved;

/**
 * Publishes wills that are due; in a cluster once it is durable that their connections have ended:
 * a leader that is alone with that opinion publishes none. Each stands in a row of its own until it
 * is stored wherever it must be [MQTT-3.1.2-8] [MQTT-3.1.2-10] [MQTT3-3.1.2-8]: a crash in between
 * publishes it again, and nobody queues it twice.
 */
final class Wills {
    private final ShardContext shard;

    Wills(ShardContext shard) {
        this.shard = shard;
    }

    /**
     * Publishes the will of a row, in a cluster once what was appended is durable, and deletes the
     * row after that.
     *
     * @param row stands for this will only, and says that the connection has ended
     */
    void publish(SessionRow row) {
        Will will = row.will();
        if (will == null) { // [MQTT3-3.1.2-12]
            forget(row);
            return;
        }
        if (shard.settings().isClustered()) {
            shard.journal().whenDurable(() -> route(row, will)); // or another leader knows better
        } else {
            route(row, will);
        }
    }

    private void route(SessionRow row, Will will) {
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
        shard.publisher().get().publish(publication, outcome -> shard.later(() -> forget(row)));
    }

    /**
     * What no other will is called, apart from the numbers of sessions: it has that of its
     * connection. One of an earlier start may have been published then; in a cluster what that
     * leader published may come last.
     */
    private Origin origin(SessionRow row) {
        boolean repeat =
                shard.settings().isClustered()
                        || row.attachment() < shard.journal().firstAttachment();
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
