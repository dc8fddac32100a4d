package io.carillon.peers.route;

import io.carillon.cluster.Epoch;
import io.carillon.mqtt.packet.TopicFilter;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A shard on one node: while it leads, the sessions that are stored are in the trie, and some time
 * longer. On the node's shard loop.
 */
final class TestShard {
    private final TestNode node;
    final int number;

    /** What is replicated: the filters of each client. */
    private final Map<String, Set<String>> stored;

    /** Called between any two changes of the trie. */
    private final Runnable between;

    private Map<TestSession, Set<String>> sessions = Map.of();
    private Map<TestSession, Set<String>> leaving = Map.of();
    private @Nullable Epoch next;
    private boolean left = true;
    private @Nullable Epoch current;
    private boolean leads;

    TestShard(TestNode node, int number, Map<String, Set<String>> stored, Runnable between) {
        this.node = node;
        this.number = number;
        this.stored = stored;
        this.between = between;
    }

    boolean leads(Epoch epoch) {
        return leads && epoch.equals(current);
    }

    void lead(Epoch epoch) {
        if (leads) {
            follow();
        }
        if (!left) {
            next = epoch;
            return;
        }
        current = epoch;
        sessions = new TreeMap<>((a, b) -> a.clientId().compareTo(b.clientId()));
        node.routes.lead(number, epoch);
        stored.forEach((client, filters) -> filters.forEach(filter -> add(client, filter)));
        node.routes.restored(number);
        leads = true;
    }

    void follow() {
        next = null;
        if (!leads) {
            return;
        }
        leads = false;
        leaving = sessions;
        left = false;
        node.routes.resign(number, () -> node.shardLoop.execute(this::leave));
    }

    /** Hears late that the leadership of that epoch is over. */
    void follow(Epoch ended) {
        if (ended.equals(next)) {
            next = null;
        } else if (leads && ended.equals(current)) {
            follow();
        }
    }

    private void leave() {
        leaving.forEach(
                (session, filters) ->
                        filters.forEach(
                                filter -> {
                                    node.unsubscribe(session, filter);
                                    between.run();
                                }));
        left = true;
        Epoch epoch = next;
        next = null;
        if (epoch != null) {
            lead(epoch);
        }
    }

    TestSession add(String client, String filter) {
        TestSession session = session(client);
        sessions.computeIfAbsent(session, _ -> new TreeSet<>()).add(filter);
        node.trie.subscribe(session, TestSession.to(filter));
        between.run();
        return session;
    }

    void remove(String client, String filter) {
        TestSession session = session(client);
        Set<String> filters = sessions.get(session);
        if (filters != null && filters.remove(filter)) {
            node.trie.unsubscribe(session, TopicFilter.of(filter));
        }
    }

    private TestSession session(String client) {
        return sessions.keySet().stream()
                .filter(each -> each.clientId().equals(client))
                .findAny()
                .orElseGet(() -> new TestSession(TestNode.LANES.shardLane(number), client));
    }
}
