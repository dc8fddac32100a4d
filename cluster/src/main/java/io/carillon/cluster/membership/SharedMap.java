package io.carillon.cluster.membership;

import io.carillon.cluster.NodeId;
import io.carillon.loop.Loop;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/**
 * A map of the whole cluster, in memory, in which each node writes a part of its own and follows
 * those of the others that are there. No key has two writers, so nothing is ever merged: after a
 * partition each node writes its part again.
 *
 * <p>It is a copy of what each {@link OwnPart} knows, kept as well as the network allows; nothing
 * that an acknowledgement depends on may live only here. Without a majority changes are gathered
 * and written when it is there again.
 *
 * <p>Keys and values travel between nodes in plain text. Everything belongs to the loop of the
 * {@link ClusterMember}.
 */
public final class SharedMap extends Shared {
    private final Loop loop;
    private final Members members;
    private final PartStores stores;
    private final Follower follower;
    private final SharedMapSettings settings;
    private final PartWriter writer;
    private final GoneParts gone;
    private final Map<NodeId, PartReader> readers = new HashMap<>();
    private boolean stopped;
    private long overflowsBefore;

    SharedMap(
            String name,
            Loop loop,
            InstantSource clock,
            Members members,
            PartStores stores,
            OwnPart own,
            Follower follower,
            SharedMapSettings settings) {
        this.loop = loop;
        this.members = members;
        this.stores = stores;
        this.follower = follower;
        this.settings = settings;
        this.writer = new PartWriter(name, loop, own, stores.of(members.self()), settings);
        this.gone = new GoneParts(name, loop, clock, members, stores, settings.goneMillis());
    }

    /** Tells an entry of this node's part that is new or has changed. Never refused. */
    public void put(String key, byte[] value) {
        writer.put(key, value);
    }

    /** Tells that an entry of this node's part is gone. Never refused. */
    public void remove(String key) {
        writer.remove(key);
    }

    /** Reads another node's part again, as after a digest that did not match. */
    public void read(NodeId owner) {
        loop.assertInside();
        PartReader reader = readers.get(owner);
        if (reader != null) {
            reader.read();
        }
    }

    /** Writes this node's part again; done without being asked after a heal. */
    public void writeEverything() {
        writer.writeEverything();
    }

    /** True if nothing of this node's part waits to be written. */
    public boolean isWritten() {
        return writer.isIdle();
    }

    /** Counters for metrics. */
    public SharedMapStats stats() {
        loop.assertInside();
        long overflows = overflowsBefore;
        for (PartReader reader : readers.values()) {
            overflows += reader.overflows();
        }
        return new SharedMapStats(writer.waiting(), writer.written(), writer.failures(), overflows);
    }

    /** Follows all who are there and begins to write. */
    @Override
    void start() {
        loop.assertInside();
        stores.watch(members.self(), () -> loop.offer(this::writeEverything));
        writer.writeEverything();
        members.listen(new Watch());
        gone.start();
    }

    @Override
    void healed() {
        loop.assertInside();
        if (stopped) {
            return;
        }
        Map<NodeId, PartReader> before = Map.copyOf(readers);
        before.keySet().forEach(this::forget);
        before.keySet().forEach(this::follow);
        writer.writeEverything();
    }

    @Override
    void stop() {
        loop.assertInside();
        stopped = true;
        writer.run(false);
        gone.stop();
        Map.copyOf(readers).keySet().forEach(this::forget);
    }

    private void follow(NodeId owner) {
        if (!stopped) {
            PartReader reader = new PartReader(owner, loop, follower, stores.of(owner), settings);
            readers.put(owner, reader);
            reader.start();
        }
    }

    private void forget(NodeId owner) {
        PartReader reader = readers.remove(owner);
        if (reader != null) {
            overflowsBefore += reader.overflows();
            reader.stop();
        }
    }

    private final class Watch implements MembersListener {
        @Override
        public void joined(Peer peer) {
            follow(peer.node());
        }

        @Override
        public void left(Peer peer) {
            forget(peer.node());
        }

        @Override
        public void majority(boolean there) {
            writer.run(there && !stopped);
        }

        @Override
        public void expelled(String reason) {
            stop();
        }
    }
}
