package io.carillon.shard;

import io.carillon.mqtt.packet.Packet;
import io.carillon.mqtt.packet.Publish;
import io.carillon.mqtt.packet.ReasonCode;
import io.carillon.record.Queued;
import io.carillon.record.ShardRecord;
import io.carillon.session.Effects;
import java.util.ArrayList;
import java.util.List;

/**
 * Carries out what a session's events bring about for one client: appends records, and gathers
 * packets so that all of a turn leave in one call. Made per task; on the shard's loop.
 */
final class ClientEffects implements Effects {
    private final Journal journal;
    private final StoredQueues queues;
    private final Client client;
    private static final long BYTES_MAX = 64 * 1024;

    private final List<Packet> packets = new ArrayList<>();
    private long bytes;

    ClientEffects(ShardContext shard, Client client) {
        this.journal = shard.journal();
        this.queues = shard.queues();
        this.client = client;
    }

    @Override
    public void append(ShardRecord record) {
        journal.append(record);
    }

    @Override
    public void done(long session, Queued queued) {
        queues.done(session, queued);
    }

    @Override
    public void released(long session, Queued queued) {
        queues.release(session, queued);
    }

    @Override
    public void send(Packet packet) {
        packets.add(packet);
        if (packet instanceof Publish publish) {
            bytes += publish.message().bytes();
            if (bytes > BYTES_MAX) {
                flush(); // so that the connection can say that it is congested
            }
        }
    }

    @Override
    public void sendAfterCommit(Packet packet) {
        if (!journal.isBehind()) {
            packets.add(packet);
            return;
        }
        long attachment = client.attachment;
        journal.whenDurable(
                () -> {
                    Outlet outlet = client.listening();
                    if (outlet != null && client.attachment == attachment) {
                        outlet.send(List.of(packet));
                    }
                });
    }

    @Override
    public void violation(ReasonCode reason, String cause) {
        Outlet outlet = client.outlet;
        if (outlet != null) {
            outlet.close(reason, cause);
        }
    }

    @Override
    public boolean congested() {
        Outlet outlet = client.listening();
        return outlet == null || outlet.congested();
    }

    /** Hands the packets gathered so far to the connection. */
    void flush() {
        Outlet outlet = client.listening();
        if (!packets.isEmpty() && outlet != null) {
            outlet.send(List.copyOf(packets));
        }
        packets.clear();
        bytes = 0;
    }
}
