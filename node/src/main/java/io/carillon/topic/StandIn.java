package io.carillon.topic;

/**
 * Subscribers elsewhere, seen from the trie as one: what is for it goes to another node, which
 * matches again. It takes everything as it was published. Immutable.
 */
public abstract class StandIn implements Subscriber {
    private final int lane;
    private final String name;
    private final Target target;

    /**
     * A stand-in.
     *
     * @param name tells people whom it stands for
     */
    protected StandIn(int lane, String name) {
        this.lane = lane;
        this.name = name;
        this.target = new Target(this);
    }

    /** One and the same for all filters: a route costs no more than its place in the trie. */
    final Target target() {
        return target;
    }

    @Override
    public final int lane() {
        return lane;
    }

    /** The name: a stand-in is no client. */
    @Override
    public final String clientId() {
        return name;
    }

    /** True; in shared groups it counts for as many members as are connected there. */
    @Override
    public final boolean online() {
        return true;
    }

    @Override
    public final String toString() {
        return name;
    }
}
