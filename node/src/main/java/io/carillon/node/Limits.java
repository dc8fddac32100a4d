package io.carillon.node;

import io.carillon.cluster.replication.LocalLogSettings;
import io.carillon.cluster.replication.SyncPolicy;
import io.carillon.config.FlowConfig;
import io.carillon.config.Fsync;
import io.carillon.config.MqttConfig;
import io.carillon.config.PacketConfig;
import io.carillon.config.QueueConfig;
import io.carillon.config.StorageConfig;
import io.carillon.mqtt.codec.DecoderLimits;
import io.carillon.mqtt.packet.QoS;
import io.carillon.net.ClientLimits;
import io.carillon.net.listen.ListenLimits;
import io.carillon.session.QueueLimits;
import io.carillon.shard.ShardSettings;
import io.carillon.storage.rocks.RocksSettings;

/** The configuration in the words of the parts that it is for. */
final class Limits {
    /** A frame may hold many small packets, also where a packet may only be small. */
    private static final int FRAME_BYTES_MAX_LEAST = 64 << 10;

    private static final int WAITING_FOR_DISK_MAX = 100_000;

    private Limits() {}

    static ClientLimits clients(MqttConfig mqtt) {
        FlowConfig flow = mqtt.flow();
        return new ClientLimits(
                QoS.of(mqtt.features().qosMax()),
                mqtt.retained().enabled(),
                mqtt.features().wildcardSubscriptions(),
                mqtt.features().sharedSubscriptions(),
                mqtt.features().subscriptionIdentifiers(),
                mqtt.connect().allowEmptyClientId(),
                mqtt.session().expirySecondsMax(),
                mqtt.connect().keepAliveSecondsMax(),
                flow.receiveMax(),
                flow.topicAliasMax(),
                flow.outboundTopicAliasMax(),
                mqtt.session().subscriptionsMax(),
                queue(mqtt),
                Math.toIntExact(flow.outboundBytesMax()),
                mqtt.connect().connectTimeoutMillis(),
                flow.publishTimeoutMillis(),
                flow.slowReaderMillis(),
                null);
    }

    static DecoderLimits packets(MqttConfig mqtt) {
        PacketConfig packet = mqtt.packet();
        return new DecoderLimits(
                mqtt.connect().connectBytesMax(),
                packet.packetBytesMax(),
                mqtt.connect().clientIdBytesMax(),
                packet.topicBytesMax(),
                packet.topicLevelsMax(),
                packet.userPropertiesMax(),
                mqtt.session().subscriptionsMax(),
                packet.validatePayloadFormat());
    }

    static ListenLimits listeners(MqttConfig mqtt) {
        return new ListenLimits(
                FileLimit.connections(mqtt.connect().connectionsMax()),
                mqtt.connect().connectTimeoutMillis(),
                Math.max(mqtt.packet().packetBytesMax(), FRAME_BYTES_MAX_LEAST));
    }

    static ShardSettings shards(MqttConfig mqtt, long reattachMillis) {
        return new ShardSettings(
                queue(mqtt),
                mqtt.queue().qos0WhileOffline(),
                mqtt.session().subscriptionsMax(),
                mqtt.retained().messagesMax(),
                mqtt.retained().bytesMax(),
                WAITING_FOR_DISK_MAX,
                reattachMillis);
    }

    static RocksSettings store(StorageConfig storage) {
        return new RocksSettings(
                storage.blockCacheBytes(), storage.writeBuffersBytes(), 0, storage.salvage());
    }

    static LocalLogSettings log(Fsync fsync) {
        return LocalLogSettings.of(
                switch (fsync) {
                    case Fsync.Always() -> new SyncPolicy.Always();
                    case Fsync.Every(long millis) -> new SyncPolicy.Interval(millis);
                    case Fsync.Os() -> new SyncPolicy.LeftToSystem();
                });
    }

    private static QueueLimits queue(MqttConfig mqtt) {
        QueueConfig queue = mqtt.queue();
        return new QueueLimits(
                queue.messagesMax(),
                queue.bytesMax(),
                queue.policy() == QueueConfig.Policy.DROP_OLDEST,
                mqtt.flow().inflightMax());
    }
}
