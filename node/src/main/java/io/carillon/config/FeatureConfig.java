package io.carillon.config;

/** Parts of the protocol that can be switched off; v5 clients are told in CONNACK. */
public record FeatureConfig(
        int qosMax,
        boolean wildcardSubscriptions,
        boolean sharedSubscriptions,
        boolean subscriptionIdentifiers) {
    static final Key<Integer> QOS_MAX =
            Key.of(
                    "mqtt.maxQos",
                    Types.integer(0, 2),
                    "2",
                    "Highest QoS of messages and subscriptions: 0, 1 or 2");

    static final Key<Boolean> WILDCARD_SUBSCRIPTIONS =
            Key.of(
                    "mqtt.wildcardSubscriptions",
                    Types.BOOLEAN,
                    "true",
                    "Accept topic filters with + or #");

    static final Key<Boolean> SHARED_SUBSCRIPTIONS =
            Key.of(
                    "mqtt.sharedSubscriptions",
                    Types.BOOLEAN,
                    "true",
                    "Accept shared subscriptions, $share/GROUP/FILTER");

    static final Key<Boolean> SUBSCRIPTION_IDENTIFIERS =
            Key.of(
                    "mqtt.subscriptionIdentifiers",
                    Types.BOOLEAN,
                    "true",
                    "Accept subscription identifiers");

    static FeatureConfig from(Values values) {
        return new FeatureConfig(
                values.get(QOS_MAX),
                values.get(WILDCARD_SUBSCRIPTIONS),
                values.get(SHARED_SUBSCRIPTIONS),
                values.get(SUBSCRIPTION_IDENTIFIERS));
    }
}
