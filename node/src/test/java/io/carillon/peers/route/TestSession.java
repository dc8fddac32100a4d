package io.carillon.peers.route;

import io.carillon.mqtt.packet.QoS;
import io.carillon.mqtt.packet.Subscription;
import io.carillon.mqtt.packet.SubscriptionOptions;
import io.carillon.mqtt.packet.TopicFilter;
import io.carillon.topic.Subscriber;

/** A session, as the trie sees it; connected until told otherwise. */
final class TestSession implements Subscriber {
    private final int lane;
    private final String clientId;
    private volatile boolean online = true;

    TestSession(int lane, String clientId) {
        this.lane = lane;
        this.clientId = clientId;
    }

    static Subscription to(String filter) {
        return new Subscription(
                TopicFilter.of(filter), SubscriptionOptions.of(QoS.AT_LEAST_ONCE), 0);
    }

    void online(boolean now) {
        online = now;
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
