package io.carillon.topic;

import io.carillon.loop.AnyThread;
import io.carillon.mqtt.packet.Subscription;
import io.carillon.mqtt.packet.Topic;
import io.carillon.mqtt.packet.TopicFilter;
import io.carillon.topic.Walk.Found;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * All subscriptions of a node, by filter. Any number of threads match while any number subscribe:
 * matching takes no lock (but see {@link #match}), changes take turns under one.
 *
 * <p>A change is seen by every match that starts after the change returned.
 */
@AnyThread
public final class TopicTrie {
    private static final int DISTURBED_WALKS_MAX = 4;

    private final Object writing = new Object();
    private final Writer writer;
    private final Tree tree;
    private final Stamps stamps;
    private final AtomicLong version;
    private final boolean hasPeers;

    /** The trie of a node that is alone. */
    public TopicTrie() {
        this(new Writer(null, FilterListener.NONE), false);
    }

    /** The trie of a node with peers, which are told what the listener hears. */
    public TopicTrie(Lanes lanes, FilterListener listener) {
        this(new Writer(lanes, listener), true);
    }

    private TopicTrie(Writer writer, boolean hasPeers) {
        this.writer = writer;
        this.tree = writer.tree;
        this.stamps = writer.stamps;
        this.version = writer.version;
        this.hasPeers = hasPeers;
    }

    /**
     * Whom a message to this topic is for [MQTT-3.3.2-3] [MQTT3-3.3.2-3], as at one moment between
     * start and end of the call: a client that moves from one filter to another is never missed in
     * between. Where changes keep disturbing the walk, the call waits for the writers' lock once
     * instead.
     */
    public Match match(Topic topic) {
        for (int i = 0; i < DISTURBED_WALKS_MAX; i++) {
            long before = version.get();
            Found found = Walk.find(tree.root(), topic.utf8());
            if (version.get() == before) {
                return Walk.union(found);
            }
        }
        Found found;
        synchronized (writing) {
            found = Walk.find(tree.root(), topic.utf8());
        }
        return Walk.union(found);
    }

    /** The match of a topic that stays up to date; for one thread at a time. */
    public LiveMatch live(Topic topic) {
        return new LiveMatch(this, topic);
    }

    /** Grows with every change that can alter the match of some topic. */
    public long version() {
        return version.get();
    }

    /** Grows with every change that can alter the match of the topic that has these slots. */
    long stamp(int[] slots) {
        return stamps.sum(slots);
    }

    /**
     * Adds a subscription, in place of the one with the same filter that the subscriber has
     * [MQTT-3.8.4-3] [MQTT3-3.8.4-3].
     *
     * @return the subscription that was replaced, or null if it is new
     */
    public @Nullable Subscription subscribe(Subscriber subscriber, Subscription subscription) {
        TopicFilter filter = subscription.filter();
        byte[] pattern = patternOf(filter);
        Target target = new Target(subscriber, subscription);
        Target replaced;
        synchronized (writing) {
            replaced = writer.add(target, filter, pattern);
        }
        return replaced == null ? null : replaced.subscription();
    }

    /**
     * Removes the subscription of a subscriber with this very filter [MQTT-3.10.4-1]
     * [MQTT3-3.10.4-1].
     *
     * @return false if there is none
     */
    public boolean unsubscribe(Subscriber subscriber, TopicFilter filter) {
        byte[] pattern = patternOf(filter);
        synchronized (writing) {
            return writer.remove(subscriber, filter, pattern);
        }
    }

    /**
     * Somebody elsewhere wants what this filter matches; of a shared subscription, one member.
     *
     * @return false if the stand-in has this filter already
     */
    public boolean route(StandIn standIn, TopicFilter filter) {
        if (filter.isShared()) {
            return route(standIn, filter, 1, 1);
        }
        byte[] pattern = patternOf(filter);
        synchronized (writing) {
            return writer.add(standIn.target(), filter, pattern) == null;
        }
    }

    /**
     * A shared subscription has members elsewhere, so many from now on.
     *
     * @param connected members with a client that is connected
     * @param total members at all, at least 1
     * @return false if it had members of this stand-in already
     */
    public boolean route(StandIn standIn, TopicFilter sharedFilter, int connected, int total) {
        String name = nameOf(sharedFilter);
        byte[] pattern = patternOf(sharedFilter);
        FarShare share = new FarShare(standIn.target(sharedFilter), connected, total);
        synchronized (writing) {
            return writer.add(share, sharedFilter, name, pattern);
        }
    }

    /**
     * Nobody elsewhere wants this filter any more.
     *
     * @return false if nobody did
     */
    public boolean unroute(StandIn standIn, TopicFilter filter) {
        byte[] pattern = patternOf(filter);
        synchronized (writing) {
            return writer.remove(standIn, filter, pattern);
        }
    }

    /**
     * A durable subscriber's client has connected or disconnected: to be called by its loop each
     * time that {@link Subscriber#online} has changed, with all that it is subscribed to.
     */
    public void onlineChanged(Subscriber subscriber, Collection<Subscription> subscriptions) {
        if (!hasPeers) {
            return;
        }
        for (Subscription subscription : subscriptions) {
            TopicFilter filter = subscription.filter();
            String name = filter.group();
            if (name != null) {
                byte[] pattern = patternOf(filter);
                synchronized (writing) {
                    writer.onlineChanged(subscriber, name, pattern);
                }
            }
        }
    }

    /**
     * Another member for a message of a shared subscription that its member could not take. Whether
     * it may go to another at all is for the caller to know: a QoS 2 message on its way may not.
     *
     * @return null if there is no other member
     */
    public @Nullable Target pickFor(TopicFilter sharedFilter, @Nullable Subscriber exclude) {
        SharedGroup group = group(sharedFilter);
        return group == null ? null : group.pick(exclude);
    }

    /**
     * A member of this node for a message that another node has sent here for this shared
     * subscription. One that is connected, or else any.
     *
     * @param party which members it was sent for; see {@link Lanes}
     * @return null if there is none (any more)
     */
    public @Nullable Target pickHere(
            TopicFilter sharedFilter, int party, @Nullable Subscriber exclude) {
        return group(sharedFilter) instanceof SpreadGroup group
                ? group.pickHere(party, exclude)
                : null;
    }

    private @Nullable SharedGroup group(TopicFilter sharedFilter) {
        String name = nameOf(sharedFilter);
        Node node = tree.find(patternOf(sharedFilter));
        return node == null ? null : node.group(name);
    }

    private static String nameOf(TopicFilter sharedFilter) {
        String name = sharedFilter.group();
        if (name == null) {
            throw new IllegalArgumentException(sharedFilter + " is not a shared subscription");
        }
        return name;
    }

    private static byte[] patternOf(TopicFilter filter) {
        return filter.pattern().getBytes(StandardCharsets.UTF_8);
    }

    /** The number of subscriptions on this node, shared ones included. */
    public long subscriptionCount() {
        synchronized (writing) {
            return writer.subscriptions();
        }
    }

    /** The number of shared subscriptions on this node. */
    public long sharedSubscriptionCount() {
        synchronized (writing) {
            return writer.sharedSubscriptions();
        }
    }

    /** The number of filters that somebody elsewhere wants, counted once for each stand-in. */
    public long routeCount() {
        synchronized (writing) {
            return writer.routes();
        }
    }

    /** The number of filters that differ in their text, of this node and of others. */
    public long filterCount() {
        synchronized (writing) {
            return writer.filters();
        }
    }

    /** True if no branch is left. */
    boolean isBare() {
        return tree.root().isEmpty();
    }
}
