package io.carillon.jmh.subject;

import io.carillon.mqtt.packet.QoS;
import io.carillon.mqtt.packet.Subscription;
import io.carillon.mqtt.packet.SubscriptionOptions;
import io.carillon.mqtt.packet.TopicFilter;
import io.carillon.topic.TopicTrie;

/** What the filters of a trie look like. Each topic of a device is matched by one of them. */
public enum Filters {
    EXACT,
    WILDCARD,
    MIX;

    private static final SubscriptionOptions OPTIONS = SubscriptionOptions.of(QoS.AT_LEAST_ONCE);

    /** A trie with one filter for each of so many devices, each of a client of its own. */
    TopicTrie trie(int devices) {
        TopicTrie trie = new TopicTrie();
        for (int device = 0; device < devices; device++) {
            trie.subscribe(new Listener("client-" + device), subscription(device));
        }
        return trie;
    }

    Subscription subscription(int device) {
        return new Subscription(TopicFilter.of(filter(device)), OPTIONS, 0);
    }

    private String filter(int device) {
        return switch (this) {
            case EXACT -> topic(device);
            case WILDCARD -> topic(device).replace("line", "+");
            case MIX -> (device % 2 == 0 ? EXACT : WILDCARD).filter(device);
        };
    }

    static String topic(int device) {
        return "plant/" + device % 64 + "/line/" + device + "/temperature";
    }
}
