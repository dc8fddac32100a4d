package io.carillon.simulation;

import io.carillon.cluster.replication.SyncPolicy;
import io.carillon.cluster.replication.raft.RaftSettings;
import io.carillon.mqtt.packet.QoS;
import io.carillon.net.ClientLimits;
import io.carillon.session.QueueLimits;
import io.carillon.shard.ShardSettings;

/** How nodes are set up: as shipped where time allows, faster where seeds would take too long. */
final class NodeSettings {
    static final int SHARDS = 4;
    static final int SHARD_LOOPS = 2;
    static final long CONNECT_MILLIS = 4_000;
    static final long GRACE_MILLIS = 3_000;
    private static final long REATTACH_MILLIS = 3_000;

    private NodeSettings() {}

    static ShardSettings shards() {
        QueueLimits queue = new QueueLimits(100_000, 1 << 24, false, 20);
        return new ShardSettings(queue, true, 1_000, 10_000, 1 << 24, 100_000, REATTACH_MILLIS);
    }

    static ClientLimits clients() {
        ClientLimits usual = ClientLimits.DEFAULT;
        return new ClientLimits(
                QoS.EXACTLY_ONCE,
                true,
                true,
                true,
                true,
                true,
                usual.sessionExpirySecondsMax(),
                0,
                usual.receiveMaximum(),
                0,
                0,
                usual.subscriptionsMax(),
                usual.queue(),
                usual.outboundBytesMax(),
                2 * CONNECT_MILLIS,
                15_000,
                usual.slowReaderTimeoutMillis(),
                null);
    }

    static RaftSettings raft() {
        return new RaftSettings(
                new SyncPolicy.Always(),
                new RaftSettings.Timing(200, 1_000, 2_000),
                new RaftSettings.Bounds(1 << 20, 4 << 20, 4_000, 20_000),
                new RaftSettings.Retention(300, 200_000, 20_000, 8_000, 1 << 24));
    }
}
