package io.carillon.mqtt.packet;

/**
 * A subscription as a session holds it: a valid filter, its options and its identifier.
 *
 * @param identifier 1 to 268,435,455, or 0 where the client gave none
 */
public record Subscription(TopicFilter filter, SubscriptionOptions options, int identifier) {}
