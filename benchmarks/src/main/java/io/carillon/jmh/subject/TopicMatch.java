package io.carillon.jmh.subject;

import io.carillon.mqtt.packet.Topic;
import io.carillon.topic.LiveMatch;
import io.carillon.topic.Match;
import io.carillon.topic.TopicTrie;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The match of a topic in a trie of so many filters, each topic in turn, and of one repeated. */
@State(Scope.Thread)
public class TopicMatch {
    private static final int TOPICS = 1 << 10;

    @Param({"1000", "100000"})
    int filters;

    @Param Filters kind = Filters.EXACT;

    private final List<Topic> topics = new ArrayList<>();
    private TopicTrie trie = new TopicTrie();
    private LiveMatch remembered = trie.live(Topic.of(Sample.TOPIC));
    private int turn;

    @Setup
    public void setUp() {
        trie = kind.trie(filters);
        for (int i = 0; i < TOPICS; i++) {
            topics.add(Topic.of(Filters.topic((int) ((long) i * filters / TOPICS))));
        }
        remembered = trie.live(topics.getFirst());
    }

    @Benchmark
    public Match match() {
        return trie.match(topics.get(turn++ & TOPICS - 1));
    }

    /** What a connection does for a topic that it has used before. */
    @Benchmark
    public Match repeated() {
        return remembered.now();
    }
}
