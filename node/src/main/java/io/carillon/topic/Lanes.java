package io.carillon.topic;

/**
 * What the lanes of a node of a cluster stand for: event loops first, then all shards, then all
 * shards once more for when another node leads them, then other nodes. On the last two kinds nobody
 * lives but a {@link StandIn} each. A node that is alone has the first two kinds only.
 *
 * <p>Subscribers that other nodes hear of together are a <em>party</em>: all transient ones are
 * one, the durable ones of each shard are another. Stand-ins belong to none.
 *
 * @param eventLoops how many lanes event loops have
 * @param shards how many shards there are
 */
public record Lanes(int eventLoops, int shards) {
    /** The party of the transient subscribers. */
    public static final int TRANSIENTS = 0;

    private static final int NO_PARTY = -1;

    /** What a lane stands for. */
    public enum Kind {
        /** An event loop with its transient subscribers. */
        EVENT_LOOP,
        /** A shard with its durable subscribers, led by this node. */
        SHARD,
        /** A shard that another node leads. */
        FAR_SHARD,
        /** Another node with its transient subscribers. */
        PEER
    }

    public Kind kind(int lane) {
        if (lane < eventLoops) {
            return Kind.EVENT_LOOP;
        }
        if (lane < eventLoops + shards) {
            return Kind.SHARD;
        }
        return lane < eventLoops + 2 * shards ? Kind.FAR_SHARD : Kind.PEER;
    }

    /** The lane of a shard's own subscribers. */
    public int shardLane(int shard) {
        return eventLoops + shard;
    }

    /** The lane of the stand-in for a shard. */
    public int farLane(int shard) {
        return eventLoops + shards + shard;
    }

    /** The lane of the stand-in for another node; these have an index from 0 without bound. */
    public int peerLane(int peer) {
        return eventLoops + 2 * shards + peer;
    }

    /** The shard of a lane that stands for one, led here or not. */
    public int shardOf(int lane) {
        return switch (kind(lane)) {
            case SHARD -> lane - eventLoops;
            case FAR_SHARD -> lane - eventLoops - shards;
            case EVENT_LOOP, PEER ->
                    throw new IllegalArgumentException("lane " + lane + " is no shard's");
        };
    }

    /** The party of a shard's durable subscribers. */
    public static int partyOf(int shard) {
        return 1 + shard;
    }

    /** The number of parties; they are numbered from 0. */
    public int parties() {
        return 1 + shards;
    }

    /** The party of the subscribers on a lane; negative if they have none. */
    int partyOfLane(int lane) {
        return switch (kind(lane)) {
            case EVENT_LOOP -> TRANSIENTS;
            case SHARD -> partyOf(lane - eventLoops);
            case FAR_SHARD, PEER -> NO_PARTY;
        };
    }
}
