package io.carillon.peers.route;

import io.carillon.cluster.Epoch;
import io.carillon.cluster.NodeId;
import io.carillon.cluster.interest.Interest;
import io.carillon.cluster.interest.PriorWork;
import io.carillon.loop.ManualLoop;
import io.carillon.mqtt.packet.Topic;
import io.carillon.mqtt.packet.TopicFilter;
import io.carillon.topic.LaneTargets;
import io.carillon.topic.Lanes;
import io.carillon.topic.Match;
import io.carillon.topic.SharedGroup;
import io.carillon.topic.Subscriber;
import io.carillon.topic.Target;
import io.carillon.topic.TopicTrie;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A node: its cluster loop, one loop for shards, and its routes. */
final class TestNode {
    static final Lanes LANES = TestCluster.LANES;

    final NodeId id;
    final ManualLoop loop;
    final ManualLoop shardLoop;
    final Routes routes;
    final TopicTrie trie;
    final Interest interest;
    private int clients;

    TestNode(TestCluster cluster, NodeId id) {
        this.id = id;
        this.loop = cluster.newLoop("cluster-" + id);
        this.shardLoop = cluster.newLoop("shards-" + id);
        this.routes = new Routes(id, LANES, loop);
        this.trie = routes.trie();
        List<Interest> started = new ArrayList<>();
        loop.execute(
                () ->
                        started.add(
                                routes.start(
                                        new Epoch(1, 1),
                                        (to, bytes) -> cluster.send(this, to, bytes),
                                        cluster.pagesOf(id),
                                        PriorWork.NONE,
                                        TestCluster.SETTINGS,
                                        _ -> 0,
                                        Runnable::run)));
        loop.runUntilIdle();
        this.interest = started.getFirst();
    }

    /** A transient session at one of the event loops. */
    TestSession client() {
        clients++;
        return new TestSession(clients % LANES.eventLoops(), id + "-client-" + clients);
    }

    TestSession subscribe(String filter) {
        TestSession client = client();
        trie.subscribe(client, TestSession.to(filter));
        return client;
    }

    void unsubscribe(Subscriber subscriber, String filter) {
        trie.unsubscribe(subscriber, TopicFilter.of(filter));
    }

    Match match(String topic) {
        return trie.match(Topic.of(topic));
    }

    /** Whom a message goes to, as text. */
    List<String> receivers(String topic) {
        List<String> receivers = new ArrayList<>();
        for (LaneTargets lane : match(topic).lanes()) {
            lane.targets().forEach(target -> receivers.add(target.subscriber().clientId()));
        }
        receivers.sort(null);
        return receivers;
    }

    boolean reaches(String topic, int lane) {
        for (LaneTargets each : match(topic).lanes()) {
            if (each.lane() == lane) {
                return true;
            }
        }
        return false;
    }

    /** Who gets how many of so many messages to the one shared subscription that matches. */
    Map<String, Integer> picks(String topic, int messages) {
        SharedGroup group = match(topic).groups()[0];
        Map<String, Integer> picks = new TreeMap<>();
        for (int i = 0; i < messages; i++) {
            Target target = group.pick(null);
            picks.merge(
                    target == null ? "nobody" : target.subscriber().clientId(), 1, Integer::sum);
        }
        return picks;
    }
}
