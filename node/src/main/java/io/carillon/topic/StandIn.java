package io.carillon.topic;

import io.carillon.mqtt.packet.QoS;
import io.carillon.mqtt.packet.Subscription;
import io.carillon.mqtt.packet.SubscriptionOptions;
import io.carillon.mqtt.packet.SubscriptionOptions.RetainHandling;
import io.carillon.mqtt.packet.TopicFilter;

/**
 * Subscribers elsewhere, seen from the trie as one: what is for it goes to another node, which
 * matches again. It takes everything as it was published. Immutable.
 */
public abstract class StandIn implements Subscriber {
    private static final SubscriptionOptions EVERYTHING =
            new SubscriptionOptions(QoS.EXACTLY_ONCE, false, true, RetainHandling.NEVER);

    private final int lane;
    private final String name;
    private final Target target;

    /**
     * A stand-in.
     *
     * @param name tells people whom it stands for
     */
    @SuppressWarnings("this-escape") // the target keeps it, and asks it nothing yet
    protected StandIn(int lane, String name) {
        this.lane = lane;
        this.name = name;
        this.target = new Target(this);
    }

    /** One and the same for all filters: a route costs no more than its place in the trie. */
    final Target target() {
        return target;
    }

    /** The one for a shared subscription: whoever gets it can tell which. */
    final Target target(TopicFilter sharedFilter) {
        return new Target(this, new Subscription(sharedFilter, EVERYTHING, 0));
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
