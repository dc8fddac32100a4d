package io.carillon.jmh.subject;

import io.carillon.mqtt.packet.Subscription;
import io.carillon.topic.TopicTrie;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A subscription that comes and goes in a trie of so many filters. */
@State(Scope.Thread)
public class SubscribeStep {
    @Param({"1000", "100000"})
    int filters;

    @Param({"EXACT", "WILDCARD"})
    Filters kind = Filters.EXACT;

    private final Listener guest = new Listener("guest");
    private TopicTrie trie = new TopicTrie();
    private Subscription subscription = kind.subscription(0);

    @Setup
    public void setUp() {
        trie = kind.trie(filters);
        subscription = kind.subscription(filters);
    }

    @Benchmark
    public boolean subscribeAndUnsubscribe() {
        trie.subscribe(guest, subscription);
        return trie.unsubscribe(guest, subscription.filter());
    }
}
