package io.carillon.node.cluster;

/** What a message between nodes is about: its first byte on the link. Numbers are for ever. */
final class Kind {
    /** A frame of a shard's log; may be lost. */
    static final byte LOG = 1;

    /** What is wanted where; kept. */
    static final byte ROUTES = 2;

    /** Who leads a shard; kept. */
    static final byte LEADERS = 3;

    /** Publications and sessions; kept, but for QoS 0. */
    static final byte TRAFFIC = 4;

    /** How far the founding of the cluster is; may be lost. */
    static final byte FOUNDING = 5;

    /** A question of {@link #TRAFFIC}. */
    static final byte QUESTION = 6;

    /** The node is about to stop, and to lead nothing any more; kept. */
    static final byte LEAVING = 7;

    /** The node has made its link anew: what came before, it will not answer any more; kept. */
    static final byte MET = 8;

    /** Whether the node leaves, and which it says are gone for good; may be lost. */
    static final byte INTENTION = 9;

    /** The node does not act on what it knows any more: nobody need wait for it; kept. */
    static final byte DONE = 10;

    /** Kinds that this release knows are below. */
    static final int COUNT = 11;

    private Kind() {}
}
