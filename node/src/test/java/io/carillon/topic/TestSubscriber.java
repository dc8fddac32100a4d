package io.carillon.topic;

import io.carillon.mqtt.packet.QoS;
import io.carillon.mqtt.packet.Subscription;
import io.carillon.mqtt.packet.SubscriptionOptions;
import io.carillon.mqtt.packet.SubscriptionOptions.RetainHandling;
import io.carillon.mqtt.packet.TopicFilter;

/** A subscriber that is online until told otherwise. */
final class TestSubscriber implements Subscriber {
    private final int lane;
    private final String clientId;
    private volatile boolean online = true;

    TestSubscriber(int lane, String clientId) {
        this.lane = lane;
        this.clientId = clientId;
    }

    static Subscription to(String filter) {
        return to(filter, QoS.AT_LEAST_ONCE);
    }

    static Subscription to(String filter, QoS qos) {
        return new Subscription(TopicFilter.of(filter), SubscriptionOptions.of(qos), 0);
    }

    static Subscription to(
            String filter, QoS qos, boolean noLocal, boolean retainAsPublished, int identifier) {
        return new Subscription(
                TopicFilter.of(filter),
                new SubscriptionOptions(qos, noLocal, retainAsPublished, RetainHandling.ALWAYS),
                identifier);
    }

    TestSubscriber online(boolean now) {
        online = now;
        return this;
    }

    @Override
    public int lane() {
        return lane;
    }

    @Override
    public String clientId() {
        return clientId;
    }

    @Override
    public boolean online() {
        return online;
    }

    @Override
    public String toString() {
        return clientId;
    }
}
