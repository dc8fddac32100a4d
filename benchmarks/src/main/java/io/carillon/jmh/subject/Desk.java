package io.carillon.jmh.subject;

import io.carillon.mqtt.packet.Packet;
import io.carillon.mqtt.packet.Publish;
import io.carillon.mqtt.packet.ReasonCode;
import io.carillon.record.Queued;
import io.carillon.record.ShardRecord;
import io.carillon.session.Effects;
import io.carillon.session.QueueStore;
import java.util.List;

/** What a durable session sees of its shard, with nothing behind it: no record is kept. */
final class Desk implements Effects, QueueStore {
    private long records;
    private int lastPublishId;

    /** The packet identifier of the PUBLISH that was sent last. */
    int lastPublishId() {
        return lastPublishId;
    }

    /** How many records were appended. */
    long records() {
        return records;
    }

    @Override
    public void append(ShardRecord record) {
        records++;
    }

    @Override
    public void done(long session, Queued queued) {
        records++;
    }

    @Override
    public void released(long session, Queued queued) {
        records++;
    }

    @Override
    public void send(Packet packet) {
        if (packet instanceof Publish publish) {
            lastPublishId = publish.packetId();
        }
    }

    @Override
    public void sendAfterCommit(Packet packet) {
        send(packet);
    }

    @Override
    public void violation(ReasonCode reason, String cause) {
        throw new IllegalStateException(reason + ": " + cause);
    }

    @Override
    public boolean congested() {
        return false;
    }

    @Override
    public List<Queued> read(
            long session, long fromSeq, long toSeq, int entriesMax, long bytesMax) {
        return List.of();
    }

    @Override
    public End end(long session) {
        return new End(0, 0);
    }

    @Override
    public long placeBehind(long session, int count) {
        return 0;
    }

    @Override
    public void attached(long session, boolean is) {}
}
