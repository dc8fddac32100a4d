package io.carillon.topic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.carillon.mqtt.packet.QoS;
import io.carillon.mqtt.packet.Topic;
import io.carillon.mqtt.packet.TopicFilter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SharedGroupTest {
    private static final TopicFilter FILTER = TopicFilter.of("$share/g/jobs/+");

    private final TopicTrie trie = new TopicTrie();
    private final List<TestSubscriber> members = new ArrayList<>();

    private void join(int count) {
        for (int i = members.size(); i < count; i++) {
            TestSubscriber member = new TestSubscriber(i % 4, "member" + i);
            members.add(member);
            trie.subscribe(member, TestSubscriber.to(FILTER.text()));
        }
    }

    private SharedGroup group() {
        return trie.match(Topic.of("jobs/1")).groups()[0];
    }

    private Map<String, Integer> picks(int count) {
        Map<String, Integer> picks = new TreeMap<>();
        for (int i = 0; i < count; i++) {
            Target target = group().pick(null);
            assertNotNull(target);
            picks.merge(target.subscriber().clientId(), 1, Integer::sum);
        }
        return picks;
    }

    /** Members take turns, in groups of one chunk and of many. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 64, 65, 1000})
    void turnsAreEqual(int count) {
        join(count);
        Map<String, Integer> picks = picks(count * 6);
        assertEquals(count, picks.size());
        picks.forEach((member, share) -> assertEquals(6, share, member));
    }

    /** A run of offline members gives its share to all, not to the one behind it. */
    @Test
    void turnsAreEqualAmongThoseOnline() {
        join(10);
        members.subList(0, 5).forEach(member -> member.online(false));
        Map<String, Integer> picks = picks(500);
        assertEquals(5, picks.size());
        picks.forEach((member, share) -> assertEquals(100, share, member));
    }

    @Test
    void offlineMembersTakeOverWhenNobodyIsOnline() {
        join(4);
        members.forEach(member -> member.online(false));
        assertEquals(Map.of("member0", 5, "member1", 5, "member2", 5, "member3", 5), picks(20));
        members.get(2).online(true);
        assertEquals(Map.of("member2", 20), picks(20));
    }

    @Test
    void anotherMemberIsPickedForWhatOneCouldNotTake() {
        join(3);
        for (int i = 0; i < 10; i++) {
            Target other = trie.pickFor(FILTER, members.get(1));
            assertNotNull(other);
            assertNotSame(members.get(1), other.subscriber());
            assertEquals(FILTER, other.sharedFilter());
        }
        members.get(0).online(false);
        members.get(2).online(false);
        assertNotNull(trie.pickFor(FILTER, members.get(1)), "offline rather than the excluded one");
        trie.unsubscribe(members.get(0), FILTER);
        trie.unsubscribe(members.get(2), FILTER);
        assertNull(trie.pickFor(FILTER, members.get(1)));
        trie.unsubscribe(members.get(1), FILTER);
        assertNull(trie.pickFor(FILTER, members.get(1)));
    }

    @Test
    void onlySharedFiltersHaveMembers() {
        TestSubscriber anyone = new TestSubscriber(0, "c");
        assertThrows(
                IllegalArgumentException.class,
                () -> trie.pickFor(TopicFilter.of("jobs/+"), anyone));
    }

    /** [MQTT-4.8.2-3] Each member has the QoS that it was granted. */
    @Test
    void membersKeepTheirOptions() {
        for (QoS qos : QoS.values()) {
            TestSubscriber member = new TestSubscriber(0, "qos" + qos.level());
            trie.subscribe(
                    member, TestSubscriber.to(FILTER.text(), qos, false, true, 10 + qos.level()));
        }
        for (int i = 0; i < 3; i++) {
            Target target = group().pick(null);
            assertNotNull(target);
            assertEquals("qos" + target.qos().level(), target.subscriber().clientId());
            assertEquals(10 + target.qos().level(), target.identifiers()[0]);
            assertTrue(target.retainAsPublished());
            assertEquals(FILTER, target.sharedFilter());
        }
    }

    /** The text of the filter is the identity of a group: other name or pattern, other group. */
    @Test
    void groupsAreSeparate() {
        TestSubscriber anna = new TestSubscriber(0, "anna");
        trie.subscribe(anna, TestSubscriber.to("$share/g/jobs/1"));
        trie.subscribe(anna, TestSubscriber.to("$share/h/jobs/1"));
        trie.subscribe(anna, TestSubscriber.to("$share/g/jobs/+"));
        trie.subscribe(anna, TestSubscriber.to("$share/g/#"));
        trie.subscribe(anna, TestSubscriber.to("jobs/1"));
        Match match = trie.match(Topic.of("jobs/1"));
        assertEquals(4, match.groups().length);
        assertEquals(1, match.targetCount(), "a client can be both, and gets it for both");
        for (SharedGroup group : match.groups()) {
            Target target = group.pick(null);
            assertNotNull(target);
            assertEquals(group.filter(), target.sharedFilter());
        }
        assertEquals(5, trie.subscriptionCount());
        assertEquals(4, trie.sharedSubscriptionCount());
        assertEquals(5, trie.filterCount());
    }

    /** [MQTT-4.7.2-1] The pattern behind the group's name is a filter like any other. */
    @Test
    void leadingWildcardOfPattern() {
        trie.subscribe(new TestSubscriber(0, "c"), TestSubscriber.to("$share/g/#"));
        assertTrue(trie.match(Topic.of("$SYS/load")).isEmpty());
        assertEquals(1, trie.match(Topic.of("load")).groups().length);
    }

    /** Who joins or leaves a group makes no match stale; a match made before sees them. */
    @Test
    void matchStaysWhileMembersChange() {
        join(1);
        long before = trie.version();
        LiveMatch live = trie.live(Topic.of("jobs/1"));
        Match match = live.now();
        join(3);
        trie.unsubscribe(members.get(0), FILTER);
        assertEquals(before, trie.version());
        assertSame(match, live.now());
        assertEquals(Map.of("member1", 3, "member2", 3), picks(6));
        trie.unsubscribe(members.get(1), FILTER);
        trie.unsubscribe(members.get(2), FILTER);
        assertTrue(live.now().isEmpty());
        assertNull(match.groups()[0].pick(null));
    }
}
