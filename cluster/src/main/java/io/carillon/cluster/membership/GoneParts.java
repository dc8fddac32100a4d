package io.carillon.cluster.membership;

import io.carillon.cluster.NodeId;
import io.carillon.loop.Loop;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Empties the parts of nodes that have been away for long. Every node keeps watch, and the oldest
 * one of a majority acts: so it happens though the one that saw the node go may be gone itself. On
 * the loop.
 */
final class GoneParts {
    private static final Logger LOG = LoggerFactory.getLogger(GoneParts.class);
    private static final int LOOKS = 4;

    private final String map;
    private final Loop loop;
    private final InstantSource clock;
    private final Members members;
    private final PartStores stores;
    private final long goneMillis;
    private final Map<NodeId, Long> awaySince = new HashMap<>();
    private boolean stopped;

    GoneParts(
            String map,
            Loop loop,
            InstantSource clock,
            Members members,
            PartStores stores,
            long goneMillis) {
        this.map = map;
        this.loop = loop;
        this.clock = clock;
        this.members = members;
        this.stores = stores;
        this.goneMillis = goneMillis;
    }

    /** Looks now, and from time to time. */
    void start() {
        if (stopped) {
            return;
        }
        look();
        loop.schedule(Math.max(1, goneMillis / LOOKS), this::start);
    }

    void stop() {
        stopped = true;
    }

    private void look() {
        Set<NodeId> owners = stores.owners();
        awaySince.keySet().retainAll(owners);
        for (NodeId owner : owners) {
            if (members.find(owner) != null) {
                awaySince.remove(owner);
                continue;
            }
            long since = awaySince.computeIfAbsent(owner, absent -> clock.millis());
            if (clock.millis() - since >= goneMillis
                    && members.isOldest()
                    && members.hasMajority()) {
                LOG.info(
                        "node {} has been away for {} s: what it had in map {} is removed",
                        owner,
                        goneMillis / 1_000,
                        map);
                stores.of(owner).clear().whenComplete((_, failure) -> log(owner, failure));
                awaySince.remove(owner);
            }
        }
    }

    private void log(NodeId owner, @Nullable Throwable failure) {
        if (failure != null) {
            LOG.warn(
                    "what node {} had in map {} could not be removed, which is tried again: {}",
                    owner,
                    map,
                    failure.toString());
        }
    }
}
