package io.carillon.peers.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.carillon.cluster.Epoch;
import io.carillon.mqtt.packet.TopicFilter;
import io.carillon.topic.Lanes;
import io.carillon.topic.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Two or three nodes with their tries: what is subscribed to on one is matched on all. */
class RoutesTest {
    private final TestCluster cluster = new TestCluster(3);
    private final TestNode a = cluster.nodes.get(0);
    private final TestNode b = cluster.nodes.get(1);
    private final TestNode c = cluster.nodes.get(2);
    private final Map<String, Set<String>> stored = new TreeMap<>();

    private void store(String client, String filter) {
        stored.computeIfAbsent(client, _ -> new TreeSet<>()).add(filter);
    }

    private TestShard shard(TestNode node) {
        return new TestShard(node, 1, stored, () -> {});
    }

    private void lead(TestShard shard, TestNode node, int term) {
        node.shardLoop.execute(() -> shard.lead(new Epoch(1, term)));
        cluster.settle();
    }

    /** A node is told once of a filter, whatever number of clients want it. */
    @Test
    void whatIsSubscribedToOnOneNodeIsMatchedOnAll() {
        TestSession first = a.subscribe("fleet/+/state");
        TestSession second = a.subscribe("fleet/+/state");
        a.subscribe("fleet/#");
        cluster.settle();
        assertEquals(List.of("node node-0"), b.receivers("fleet/7/state"));
        assertEquals(List.of("node node-0"), c.receivers("fleet/7"));
        assertEquals(2, b.trie.routeCount());
        assertEquals(0, b.trie.subscriptionCount());
        assertEquals(0, a.trie.routeCount());

        a.unsubscribe(first, "fleet/+/state");
        cluster.settle();
        assertEquals(2, b.trie.routeCount());
        a.unsubscribe(second, "fleet/+/state");
        cluster.settle();
        assertEquals(1, b.trie.routeCount());
        assertEquals(List.of(), a.receivers("other"));
    }

    @Test
    void barrierIsOverWhenAllHaveTheRoute() {
        cluster.settle();
        List<String> done = new ArrayList<>();
        a.subscribe("a");
        a.routes.await(() -> done.add("done"));
        a.loop.runUntilIdle();
        assertEquals(List.of(), done);
        b.loop.execute(() -> b.interest.peerDown(c.id)); // whatever b thinks of others
        cluster.settle();
        assertEquals(List.of("done"), done);
        assertEquals(List.of("node node-0"), b.receivers("a"));
    }

    /** A storm of subscriptions is few tasks for the cluster loop. */
    @Test
    void manyChangesAreOneTask() {
        cluster.settle();
        for (int i = 0; i < 1_000; i++) {
            a.subscribe("storm/" + i);
        }
        assertEquals(1, a.loop.pending());
        cluster.settle();
        assertEquals(1_000, c.trie.routeCount());
    }

    @Test
    void shardIsMatchedWhereverItIsLed() {
        store("dora", "orders/+");
        store("dora", "orders/1");
        store("emil", "orders/+");
        TestShard onA = shard(a);
        lead(onA, a, 1);
        assertEquals(List.of("dora", "emil"), a.receivers("orders/1"));
        assertEquals(List.of("shard 1"), b.receivers("orders/1"));
        assertEquals(List.of("shard 1"), c.receivers("orders/2"));

        a.shardLoop.execute(onA::follow);
        cluster.settle();
        assertEquals(List.of("shard 1"), a.receivers("orders/1"));
        assertEquals(List.of("shard 1"), b.receivers("orders/1"));

        lead(shard(b), b, 2);
        assertEquals(List.of("shard 1"), a.receivers("orders/1"));
        assertEquals(List.of("dora", "emil"), b.receivers("orders/1"));
        assertEquals(List.of("shard 1"), c.receivers("orders/1"));
    }

    /** After a cold start nobody knows what a shard wants until its first leader has said it. */
    @Test
    void shardIsUnknownUntilSomebodyLeadsIt() {
        assertEquals(0, firstUnknownShard(a));
        lead(new TestShard(b, 0, Map.of(), () -> {}), b, 1);
        assertEquals(1, firstUnknownShard(a));
        assertEquals(1, firstUnknownShard(b));
        lead(shard(a), a, 1);
        assertEquals(-1, firstUnknownShard(a));
        assertEquals(-1, firstUnknownShard(b));
        assertEquals(-1, firstUnknownShard(c));
    }

    private static int firstUnknownShard(TestNode node) {
        int[] shard = new int[1];
        node.loop.execute(() -> shard[0] = node.routes.firstUnknownShard());
        node.loop.runUntilIdle();
        return shard[0];
    }

    /** The next leader has lost interest in something: the stand-ins lose it too. */
    @Test
    void nextLeaderCorrectsTheLast() {
        store("dora", "orders/1");
        TestShard onA = shard(a);
        lead(onA, a, 1);
        cluster.down(a);
        stored.clear();
        store("emil", "orders/2");
        assertEquals(List.of("shard 1"), c.receivers("orders/1"));
        lead(shard(b), b, 2);
        assertEquals(List.of(), c.receivers("orders/1"));
        assertEquals(List.of("shard 1"), c.receivers("orders/2"));
        assertEquals(List.of(), b.receivers("orders/1"));
    }

    /** Leadership is lost and won again before the loops have noticed. */
    @Test
    void leadsAnewAtOnce() {
        store("dora", "orders/1");
        TestShard onA = shard(a);
        lead(onA, a, 1);
        a.shardLoop.execute(onA::follow);
        a.shardLoop.execute(() -> onA.lead(new Epoch(1, 3)));
        cluster.settle();
        assertTrue(onA.leads(new Epoch(1, 3)));
        assertEquals(List.of("dora"), a.receivers("orders/1"));
        assertEquals(List.of("shard 1"), b.receivers("orders/1"));
        assertEquals(0, a.trie.routeCount());
    }

    @Test
    void deadNodeIsForgottenAndItsLaneUsedAgain() {
        a.subscribe("a");
        b.subscribe("b");
        cluster.settle();
        int lane = c.match("a").lanes()[0].lane();
        assertEquals(Lanes.Kind.PEER, TestCluster.LANES.kind(lane));
        cluster.down(a);
        c.loop.execute(() -> c.routes.nodeGone(a.id));
        cluster.settle();
        assertEquals(List.of(), c.receivers("a"));
        assertEquals(List.of("node node-1"), c.receivers("b"));
        assertEquals(1, c.trie.routeCount());
        assertEquals(2, b.trie.routeCount() + 1);
    }

    /** Every member of every node gets the same share, whichever node picks. */
    @Test
    void groupsAreBalancedOverAllNodes() {
        String group = "$share/g/jobs";
        a.subscribe(group);
        a.subscribe(group);
        b.subscribe(group);
        store("dora", group);
        store("emil", group);
        store("finn", group);
        lead(shard(c), c, 1);
        assertEquals(
                Map.of(
                        "node-0-client-1", 10,
                        "node-0-client-2", 10,
                        "node node-1", 10,
                        "shard 1", 30),
                a.picks("jobs", 60));
        assertEquals(
                Map.of("node node-0", 20, "node-1-client-1", 10, "shard 1", 30),
                b.picks("jobs", 60));
        assertEquals(
                Map.of("node node-0", 20, "node node-1", 10, "dora", 10, "emil", 10, "finn", 10),
                c.picks("jobs", 60));
        // What arrives is for a member of the party that was picked.
        assertEquals("node-1-client-1", pickHere(b, group, Lanes.TRANSIENTS));
        assertNull(pickHere(b, group, Lanes.partyOf(1)));
        assertEquals(
                Set.of("dora", "emil", "finn"),
                Set.of(
                        pickHere(c, group, Lanes.partyOf(1)) + "",
                        pickHere(c, group, Lanes.partyOf(1)) + "",
                        pickHere(c, group, Lanes.partyOf(1)) + ""));
        assertNull(pickHere(c, group, Lanes.TRANSIENTS));
    }

    private static @Nullable String pickHere(TestNode node, String group, int party) {
        Target target = node.trie.pickHere(TopicFilter.of(group), party, null);
        return target == null ? null : target.subscriber().clientId();
    }

    /** Durable members that are offline get messages only when nobody is connected anywhere. */
    @Test
    void offlineMembersAreTheLastResortOfAllNodes() {
        String group = "$share/g/jobs";
        TestShard shard = shard(c);
        lead(shard, c, 1);
        List<TestSession> members = new ArrayList<>();
        c.shardLoop.execute(() -> members.add(shard.add("dora", group)));
        c.shardLoop.execute(() -> members.add(shard.add("emil", group)));
        TestSession client = a.subscribe(group);
        cluster.settle();
        assertEquals(Map.of("node node-0", 10, "shard 1", 20), b.picks("jobs", 30));

        members.forEach(member -> online(member, group, false));
        cluster.settle();
        assertEquals(Map.of("node node-0", 30), b.picks("jobs", 30));
        assertEquals(Map.of("node node-0", 30), c.picks("jobs", 30));

        a.unsubscribe(client, group);
        cluster.settle();
        assertEquals(Map.of("shard 1", 30), a.picks("jobs", 30));
        assertEquals(Map.of("dora", 15, "emil", 15), c.picks("jobs", 30));

        online(members.getFirst(), group, true);
        cluster.settle();
        assertEquals(Map.of("shard 1", 30), b.picks("jobs", 30));
        assertEquals(Map.of("dora", 30), c.picks("jobs", 30));
        Target picked = b.match("jobs").groups()[0].pick(null);
        assertNotNull(picked);
        assertEquals(TopicFilter.of(group), picked.sharedFilter());

        c.shardLoop.execute(() -> shard.remove("dora", group));
        c.shardLoop.execute(() -> shard.remove("emil", group));
        cluster.settle();
        assertEquals(0, b.match("jobs").groups().length);
        assertFalse(b.reaches("jobs", TestCluster.LANES.farLane(1)));
    }

    private void online(TestSession member, String group, boolean online) {
        member.online(online);
        c.trie.onlineChanged(member, List.of(TestSession.to("other"), TestSession.to(group)));
    }
}
