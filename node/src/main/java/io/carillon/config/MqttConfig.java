package io.carillon.config;

/** The protocol's limits. Whatever a v5 client can be told, it is told in CONNACK. */
public record MqttConfig(
        ConnectConfig connect,
        PacketConfig packet,
        FlowConfig flow,
        FeatureConfig features,
        SessionConfig session,
        QueueConfig queue,
        RetainedConfig retained) {

    static final Section SECTION =
            Section.of(
                    "mqtt",
                    "The protocol's limits, for each client unless said otherwise.",
                    ConnectConfig.CONNECTIONS_MAX,
                    ConnectConfig.CONNECT_TIMEOUT,
                    ConnectConfig.CONNECT_BYTES_MAX,
                    ConnectConfig.KEEP_ALIVE_MAX,
                    ConnectConfig.CLIENT_ID_BYTES_MAX,
                    ConnectConfig.ALLOW_EMPTY_CLIENT_ID,
                    PacketConfig.PACKET_BYTES_MAX,
                    PacketConfig.TOPIC_BYTES_MAX,
                    PacketConfig.TOPIC_LEVELS_MAX,
                    PacketConfig.USER_PROPERTIES_MAX,
                    PacketConfig.VALIDATE_PAYLOAD_FORMAT,
                    FlowConfig.RECEIVE_MAX,
                    FlowConfig.INFLIGHT_MAX,
                    FlowConfig.TOPIC_ALIAS_MAX,
                    FlowConfig.OUTBOUND_TOPIC_ALIAS_MAX,
                    FlowConfig.PUBLISH_TIMEOUT,
                    FeatureConfig.QOS_MAX,
                    FeatureConfig.WILDCARD_SUBSCRIPTIONS,
                    FeatureConfig.SHARED_SUBSCRIPTIONS,
                    FeatureConfig.SUBSCRIPTION_IDENTIFIERS,
                    SessionConfig.EXPIRY_MAX,
                    SessionConfig.SUBSCRIPTIONS_MAX,
                    FlowConfig.OUTBOUND_BYTES_MAX,
                    FlowConfig.SLOW_READER,
                    QueueConfig.MESSAGES_MAX,
                    QueueConfig.BYTES_MAX,
                    QueueConfig.POLICY,
                    QueueConfig.QOS0_WHILE_OFFLINE,
                    RetainedConfig.ENABLED,
                    RetainedConfig.MESSAGES_MAX,
                    RetainedConfig.BYTES_MAX);

    static MqttConfig from(Values values) {
        return new MqttConfig(
                ConnectConfig.from(values),
                PacketConfig.from(values),
                FlowConfig.from(values),
                FeatureConfig.from(values),
                SessionConfig.from(values),
                QueueConfig.from(values),
                RetainedConfig.from(values));
    }
}
