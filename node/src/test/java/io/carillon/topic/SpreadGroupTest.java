package io.carillon.topic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.carillon.mqtt.packet.Topic;
import io.carillon.mqtt.packet.TopicFilter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Shared subscriptions with members on several nodes. */
class SpreadGroupTest {
    private static final TopicFilter FILTER = TopicFilter.of("$share/g/jobs");
    private static final Lanes LANES = new Lanes(2, 2);

    private final TopicTrie trie = new TopicTrie(LANES, FilterListener.NONE);

    private static final class Somebody extends StandIn {
        Somebody(int lane, String name) {
            super(lane, name);
        }
    }

    private final StandIn node = new Somebody(LANES.peerLane(0), "node");
    private final StandIn shard = new Somebody(LANES.farLane(1), "shard");

    private TestSubscriber join(int lane, String client) {
        TestSubscriber member = new TestSubscriber(lane, client);
        trie.subscribe(member, TestSubscriber.to(FILTER.text()));
        return member;
    }

    private void disconnect(TestSubscriber member) {
        member.online(false);
        trie.onlineChanged(member, List.of(TestSubscriber.to(FILTER.text())));
    }

    private Map<String, Integer> picks(int count, TestSubscriber... exclude) {
        SharedGroup group = trie.match(Topic.of("jobs")).groups()[0];
        Map<String, Integer> picks = new TreeMap<>();
        for (int i = 0; i < count; i++) {
            Target target = group.pick(exclude.length == 0 ? null : exclude[0]);
            String client = target == null ? "nobody" : target.subscriber().clientId();
            picks.merge(client, 1, Integer::sum);
        }
        return picks;
    }

    @Test
    void standInCountsForItsMembers() {
        join(0, "anna");
        join(1, "bert");
        join(LANES.shardLane(0), "carl");
        trie.route(node, FILTER, 3, 3);
        trie.route(shard, FILTER, 2, 7);
        assertEquals(
                Map.of("anna", 10, "bert", 10, "carl", 10, "node", 30, "shard", 20), picks(80));
        trie.route(node, FILTER, 1, 1);
        assertEquals(
                Map.of("anna", 10, "bert", 10, "carl", 10, "node", 10, "shard", 20), picks(60));
        trie.unroute(shard, FILTER);
        assertEquals(Map.of("anna", 10, "bert", 10, "carl", 10, "node", 10), picks(40));
    }

    /** Members at other lanes don't make turns within a party uneven. */
    @Test
    void partiesAreBalancedWithin() {
        List<String> members = new ArrayList<>();
        for (int i = 0; i < 150; i++) {
            members.add(join(i % 3, "member" + i).clientId());
        }
        trie.route(node, FILTER, 50, 50);
        Map<String, Integer> picks = picks(1_000);
        assertEquals(250, picks.remove("node"));
        assertEquals(members.size(), picks.size());
        picks.forEach((member, share) -> assertEquals(5, share, member));
    }

    @Test
    void connectedMembersElsewhereComeBeforeOfflineOnesHere() {
        TestSubscriber carl = join(LANES.shardLane(0), "carl");
        TestSubscriber dora = join(LANES.shardLane(1), "dora");
        disconnect(carl);
        disconnect(dora);
        trie.route(shard, FILTER, 0, 2);
        trie.route(node, FILTER, 1, 1);
        assertEquals(Map.of("node", 20), picks(20));
        trie.unroute(node, FILTER);
        assertEquals(Map.of("carl", 5, "dora", 5, "shard", 10), picks(20));
        dora.online(true);
        trie.onlineChanged(dora, List.of(TestSubscriber.to(FILTER.text())));
        assertEquals(Map.of("dora", 20), picks(20));
        trie.unsubscribe(dora, FILTER);
        trie.unsubscribe(carl, FILTER);
        trie.unroute(shard, FILTER);
        assertEquals(0, trie.match(Topic.of("jobs")).groups().length);
    }

    @Test
    void anotherIsPickedForWhomCouldNotTakeIt() {
        TestSubscriber anna = join(0, "anna");
        trie.route(node, FILTER, 2, 2);
        assertEquals(Map.of("node", 9), picks(9, anna));
        for (int i = 0; i < 9; i++) {
            Target target = trie.pickFor(FILTER, node);
            assertNotNull(target);
            assertEquals("anna", target.subscriber().clientId());
        }
        trie.unsubscribe(anna, FILTER);
        assertNull(trie.pickFor(FILTER, node));
        Target elsewhere = trie.pickFor(FILTER, null);
        assertNotNull(elsewhere);
        assertEquals(FILTER, elsewhere.sharedFilter());
    }

    /** A message that another node has sent here is not sent away again. */
    @Test
    void picksAmongThePartyItCameFor() {
        trie.route(node, FILTER, 5, 5);
        join(0, "anna");
        TestSubscriber carl = join(LANES.shardLane(0), "carl");
        TestSubscriber dora = join(LANES.shardLane(0), "dora");
        disconnect(carl);
        for (int i = 0; i < 5; i++) {
            assertEquals("anna", pickHere(Lanes.TRANSIENTS));
            assertEquals("dora", pickHere(Lanes.partyOf(0)));
            assertNull(pickHere(Lanes.partyOf(1)));
        }
        disconnect(dora);
        assertNotNull(pickHere(Lanes.partyOf(0)), "offline rather than nobody");
        assertNull(trie.pickHere(TopicFilter.of("$share/other/jobs"), Lanes.TRANSIENTS, null));
    }

    private @Nullable String pickHere(int party) {
        Target target = trie.pickHere(FILTER, party, null);
        return target == null ? null : target.subscriber().clientId();
    }
}
