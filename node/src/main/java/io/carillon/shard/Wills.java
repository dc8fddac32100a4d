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
     * @param repeat true if it may have been published before the node stopped
     */
    void publish(SessionRow row, boolean repeat) {
        Will will = row.will();
        if (will == null) { // [MQTT3-3.1.2-12]
            forget(row);
            return;
        }
        shard.metrics().wills.increment();
        // [MQTT-3.1.2-14] [MQTT-3.1.2-15] [MQTT3-3.1.2-16] [MQTT3-3.1.2-17]
        // Apart from the numbers that sessions give to their clients' messages.
        Origin origin = new Origin(~row.session(), 1, repeat);
        Publication publication =
                new Publication(
                        will.messageAt(shard.now()),
                        will.qos(),
                        will.retain(),
                        row.clientId(),
                        origin);
        shard.publisher()
                .get()
                .publish(publication, outcome -> shard.loop().execute(() -> forget(row)));
    }

    private void forget(SessionRow row) {
        if (shard.journal().leads()) {
            shard.journal().append(new SessionRemoved(row.session()));
        }
    }
}
