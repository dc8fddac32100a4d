package io.carillon.cluster.ownership;

import io.carillon.cluster.NodeId;
import java.nio.charset.StandardCharsets;

/**
 * How much a node wants a shard: a hash of both, so that each shard ranks the nodes in an order of
 * its own, which a node more or less does not change. Fixed for ever: all releases must rank alike.
 */
final class Rendezvous {
    private static final long FNV_BASIS = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;
    private static final long GOLDEN = 0x9e3779b97f4a7c15L;

    private final long nodeHash;

    Rendezvous(NodeId node) {
        long hash = FNV_BASIS;
        for (byte each : node.name().getBytes(StandardCharsets.US_ASCII)) {
            hash = (hash ^ (each & 0xFF)) * FNV_PRIME;
        }
        nodeHash = mix(hash);
    }

    /** The node with the highest one wants the shard most. */
    long score(int shard) {
        return mix(nodeHash + shard * GOLDEN);
    }

    /** Spreads each bit over all others. */
    private static long mix(long value) {
        long mixed = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
        return mixed ^ (mixed >>> 31);
    }
}
