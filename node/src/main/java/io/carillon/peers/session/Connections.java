package io.carillon.peers.session;

import io.carillon.cluster.NodeId;
import io.carillon.shard.Attached;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The connections of this node, by all that they are asked for by. On the cluster loop. Bounded by
 * the connections that the listeners let in.
 */
final class Connections {
    private final List<Set<Connection>> byShard = new ArrayList<>();

    /** Attachments are unique in their shard. */
    private final List<Map<Long, Connection>> byAttachment = new ArrayList<>();

    private final Map<Long, Connection> byNumber = new HashMap<>();

    Connections(int shards) {
        for (int i = 0; i < shards; i++) {
            byShard.add(new LinkedHashSet<>());
            byAttachment.add(new HashMap<>());
        }
    }

    void add(Connection connection) {
        byShard.get(connection.shard()).add(connection);
    }

    /** A leader has let it in. */
    void attached(Connection connection, Attached answer) {
        connection.attached(answer);
        byAttachment.get(connection.shard()).put(connection.attachment(), connection);
    }

    void remove(Connection connection) {
        untie(connection);
        byShard.get(connection.shard()).remove(connection);
        byAttachment.get(connection.shard()).remove(connection.attachment(), connection);
    }

    void tie(Connection connection, Tie tie) {
        connection.tie = tie;
        if (tie instanceof RemoteTie remote) {
            byNumber.put(remote.number(), connection);
        }
    }

    void untie(Connection connection) {
        if (connection.tie instanceof RemoteTie remote) {
            byNumber.remove(remote.number());
        }
        connection.tie = null;
    }

    @Nullable Connection attached(int shard, long attachment) {
        return byAttachment.get(shard).get(attachment);
    }

    /** The connection whose tie to that node has that number now. */
    @Nullable Connection tied(NodeId leader, long number) {
        Connection connection = byNumber.get(number);
        Tie tie = connection == null ? null : connection.tie;
        return tie != null && tie.leader().equals(leader) ? connection : null;
    }

    List<Connection> ofShard(int shard) {
        return List.copyOf(byShard.get(shard));
    }

    /** Those that a node leads. */
    List<Connection> tiedTo(NodeId leader) {
        return byNumber.values().stream()
                .filter(each -> each.tie != null && each.tie.leader().equals(leader))
                .toList();
    }

    int size() {
        return byShard.stream().mapToInt(Set::size).sum();
    }
}
