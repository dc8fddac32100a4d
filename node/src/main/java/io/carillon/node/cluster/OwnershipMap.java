package io.carillon.node.cluster;

import io.carillon.cluster.NodeId;
import io.carillon.cluster.membership.Follower;
import io.carillon.cluster.membership.OwnPart;
import io.carillon.cluster.ownership.Ownership;
import io.carillon.cluster.ownership.OwnershipBytes;
import io.carillon.cluster.ownership.OwnershipView;
import io.carillon.loop.Loop;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What nodes tell each other of their shards, two ways: in a map of the whole cluster, by shard
 * number, where a node that joins finds it; and directly, which is sooner and may be lost. Each
 * node's part of the map holds the last that it said of each shard, so there are no more entries
 * than shards.
 *
 * <p>State belongs to the loop of the map.
 */
final class OwnershipMap implements OwnershipView, OwnPart, Follower {
    private static final Logger LOG = LoggerFactory.getLogger(OwnershipMap.class);

    private final Loop loop;
    private final Consumer<Ownership> direct;
    private final List<Consumer<Ownership>> listeners = new ArrayList<>();

    /** What this node said last of each shard; the iterator of a writer bears its changes. */
    private final Map<String, byte[]> said = new ConcurrentHashMap<>();

    /** The newest that others said of each shard, for listeners that come later. */
    private final Map<Integer, Ownership> heard = new HashMap<>();

    private BiConsumer<String, byte[]> map = (_, _) -> {};

    /**
     * Begins with nothing said.
     *
     * @param direct sends to all nodes in reach, on the loop
     */
    OwnershipMap(Loop loop, Consumer<Ownership> direct) {
        this.loop = loop;
        this.direct = direct;
    }

    /** Puts what is said from here on into that map; it pulls what was said before. On the loop. */
    void into(BiConsumer<String, byte[]> put) {
        loop.assertInside();
        map = put;
    }

    @Override
    public void put(Ownership ownership) {
        loop.execute(
                () -> {
                    String key = Integer.toString(ownership.shard().number());
                    byte[] value = OwnershipBytes.encode(ownership);
                    said.put(key, value);
                    map.accept(key, value);
                    direct.accept(ownership);
                });
    }

    @Override
    public void listen(Consumer<Ownership> listener) {
        loop.execute(
                () -> {
                    listeners.add(listener);
                    heard.values().forEach(listener);
                });
    }

    /** Says directly once more all that was said: to a node that has come. On the loop. */
    void repeat() {
        loop.assertInside();
        said.values().forEach(value -> direct.accept(OwnershipBytes.decode(value)));
    }

    /** Takes what another node said directly. On the loop. */
    void heard(Ownership ownership) {
        loop.assertInside();
        Ownership before = heard.get(ownership.shard().number());
        if (before == null || ownership.isNewerThan(before)) {
            heard.put(ownership.shard().number(), ownership);
            listeners.forEach(each -> each.accept(ownership));
        }
    }

    @Override
    public Iterator<Map.Entry<String, byte[]>> entries() {
        return said.entrySet().iterator();
    }

    @Override
    public boolean has(String key) {
        return said.containsKey(key);
    }

    @Override
    public void begin(NodeId owner) {}

    @Override
    public void changed(NodeId owner, Map<String, byte[]> put, Set<String> removed) {
        for (byte[] value : put.values()) {
            try {
                heard(OwnershipBytes.decode(value));
            } catch (IllegalArgumentException e) {
                LOG.warn("what node {} says of a shard is left out: {}", owner, e.getMessage());
            }
        }
    }

    @Override
    public void complete(NodeId owner) {}
}
