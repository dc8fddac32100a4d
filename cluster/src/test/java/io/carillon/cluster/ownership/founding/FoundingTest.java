package io.carillon.cluster.ownership.founding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.carillon.cluster.NodeId;
import io.carillon.cluster.ownership.Cases;
import io.carillon.cluster.ownership.Home;
import io.carillon.storage.Space;
import io.carillon.storage.StorageException;
import io.carillon.storage.memory.MemoryStore;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FoundingTest {
    private static final FoundingRules RULES = rules(3, 16);

    private final FoundingNode a = node(0, RULES);
    private final FoundingNode b = node(1, RULES);
    private final FoundingNode c = node(2, RULES);

    @Test
    void aClusterOfOneFoundsItself() {
        FoundingNode alone = node(0, rules(1, 16));
        assertTrue(alone.see(List.of(alone.home())));
        assertEquals(16, alone.founded().shards());
    }

    @Test
    void allHaveToBeThereAndToHaveIt() {
        meet(a, b);
        assertReason(a, "needs 3 nodes; these are here: [node-0, node-1]");
        seeAll(a, b, c);
        a.hear(b.standing());
        assertReason(a, "waits for a word of [node-2]");
        assertTrue(a.hear(c.standing())); // draws
        assertReason(a, "until these have stored its charter: node-1");
        assertTrue(b.hear(a.standing()));
        assertTrue(c.hear(a.standing()));
        a.hear(b.standing());
        assertNull(a.founded());
        assertTrue(a.hear(c.standing()));
        assertEquals(3, a.founded().founders().size());
        assertNull(b.founded());
        b.hear(a.standing()); // who knows tells
        assertEquals(a.founded(), b.founded());
    }

    @Test
    void aFoundedNodeNeedsNobody() {
        meet(a, b, c);
        Charter charter = a.founded();
        a.stop();
        a.start();
        assertEquals(charter, a.founded());
        a.see(List.of());
        assertEquals(charter, a.founded());
    }

    @Test
    void whoComesLaterJoins() {
        meet(a, b, c);
        FoundingNode d = node(3, RULES);
        seeAll(a, b, c, d);
        assertTrue(a.hear(d.standing())); // it is behind: to be told
        d.hear(a.standing());
        assertEquals(a.founded(), d.founded());
        assertFalse(d.founded().isFounder(d.home().voter()));
    }

    @Test
    void aReplacedDiskJoinsAsNew() {
        meet(a, b, c);
        Charter charter = a.founded();
        c.replaceDisk(77);
        c.start();
        seeAll(a, b, c);
        c.hear(a.standing());
        assertEquals(charter, c.founded());
        assertFalse(charter.isFounder(c.home().voter()));
    }

    @Test
    void anotherShardCountIsRefusedByName() {
        meet(a, b, c);
        FoundingNode d = node(3, rules(3, 32));
        d.hear(a.standing());
        assertRefused(d, "16 shards, this node is configured for 32: set cluster.shards");
        FoundingNode e = node(4, new FoundingRules("other", 3, 16, 3, Set.of()));
        e.hear(a.standing());
        assertRefused(e, "set cluster.name");
    }

    @Test
    void anotherConfigurationHoldsTheFoundingUp() {
        FoundingNode other = node(2, rules(4, 16));
        seeAll(a, b, other);
        a.hear(b.standing());
        a.hear(other.standing());
        assertFalse(other.hear(a.standing()));
        assertReason(other, "make cluster.size");
        assertNull(a.founded());
    }

    @Test
    void twoClustersOfOneNameAreToldApart() {
        meet(a, b, c);
        FoundingNode d = node(3, RULES);
        meet(d, node(4, RULES), node(5, RULES));
        Charter ours = a.founded();
        assertNotEquals(ours.id(), d.founded().id());
        assertNotEquals(ours.secret(), d.founded().secret());
        seeAll(a, d);
        a.hear(d.standing());
        assertEquals(ours, a.founded());
        assertTrue(a.complaints().toString().contains("another cluster"), a.complaints()::toString);
    }

    @Test
    void namedFoundersWaitForEachOther() {
        Set<NodeId> names = Set.of(Cases.node(0), Cases.node(1), Cases.node(4));
        FoundingRules rules = new FoundingRules("test", 3, 16, 3, names);
        FoundingNode[] first = {node(0, rules), node(1, rules), node(2, rules), node(3, rules)};
        meet(first);
        assertReason(first[0], "needs 3 nodes of [node-0, node-1, node-4]");
        FoundingNode[] all = Arrays.copyOf(first, 5);
        all[4] = node(4, rules);
        meet(all);
        for (FoundingNode node : all) {
            assertEquals(first[0].founded(), node.founded());
        }
    }

    @Test
    void aCopiedDataDirectoryIsRefused() {
        meet(a, b, c);
        CharterStore copy = new FoundingNode(RULES, Cases.home(9));
        copy.hold(a.standing());
        var state = new Founding(RULES, Cases.home(9), copy).state();
        var refused = assertInstanceOf(FoundingState.Refused.class, state);
        assertTrue(refused.reason().contains("node-0"), refused.reason());
    }

    @Test
    void aFounderWithoutItsCharterIsRefused() {
        meet(a, b, c);
        FoundingNode emptied = node(0, RULES); // the same disk
        emptied.hear(b.standing());
        assertRefused(emptied, "lacks the charter");
    }

    @Test
    void theCharterIsOnDiskWhenItIsHeld() {
        Space space = new Space("cluster");
        MemoryStore store = new MemoryStore(List.of(space));
        StoredCharter kept = new StoredCharter(store, space);
        assertNull(kept.held());
        meet(a, b, c);
        kept.hold(a.standing());
        MemoryStore after = store.crash();
        assertEquals(a.standing(), new StoredCharter(after, space).held());
        try (var batch = after.newBatch()) {
            batch.put(space, "charter".getBytes(), new byte[] {9});
            after.write(batch);
        }
        assertThrows(StorageException.class, () -> new StoredCharter(after, space).held());
    }

    @Test
    void rulesThatCannotBeAreRefused() {
        Set<NodeId> two = Set.of(Cases.node(0), Cases.node(1));
        assertThrows(IllegalArgumentException.class, () -> rules(0, 16));
        assertThrows(IllegalArgumentException.class, () -> rules(3, 0));
        assertThrows(IllegalArgumentException.class, () -> rules(3, 65_536));
        assertThrows(
                IllegalArgumentException.class,
                () -> new FoundingRules("test", 3, 16, 4, Set.of()));
        assertThrows(
                IllegalArgumentException.class, () -> new FoundingRules("test", 3, 16, 3, two));
    }

    @Test
    void bytesThatAreCutOffAreRefused() {
        meet(a, b, c);
        byte[] bytes = FoundingBytes.encode(a.standing());
        assertEquals(a.standing(), FoundingBytes.decode(bytes));
        for (int length = 0; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThrows(IllegalArgumentException.class, () -> FoundingBytes.decode(cut));
        }
    }

    private static FoundingRules rules(int size, int shards) {
        return new FoundingRules("test", size, shards, 3, Set.of());
    }

    private static FoundingNode node(int number, FoundingRules rules) {
        return new FoundingNode(rules, Cases.home(number));
    }

    private static void seeAll(FoundingNode... nodes) {
        List<Home> homes = Arrays.stream(nodes).map(FoundingNode::home).toList();
        for (FoundingNode node : nodes) {
            node.see(homes);
        }
    }

    /** All see all and tell all, until nothing changes. */
    private static void meet(FoundingNode... nodes) {
        seeAll(nodes);
        for (int round = 0; round < 5; round++) {
            for (FoundingNode from : nodes) {
                for (FoundingNode to : nodes) {
                    to.hear(from.standing());
                }
            }
        }
    }

    private static void assertReason(FoundingNode node, String part) {
        var waiting = assertInstanceOf(FoundingState.Waiting.class, node.state());
        assertTrue(waiting.reason().contains(part), waiting.reason());
    }

    private static void assertRefused(FoundingNode node, String part) {
        var refused = assertInstanceOf(FoundingState.Refused.class, node.state());
        assertTrue(refused.reason().contains(part), refused.reason());
    }
}
