package io.carillon.topic;

import io.carillon.loop.AnyThread;
import io.carillon.mqtt.packet.Subscription;
import io.carillon.mqtt.packet.Topic;
import io.carillon.mqtt.packet.TopicFilter;
import io.carillon.topic.Walk.Found;
import java.nio.charset.StandardCharsets;
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

    private final FilterListener listener;
    private final Object writing = new Object();
    private final Tree tree = new Tree();
    private final Stamps stamps = new Stamps();
    private final AtomicLong version = new AtomicLong();
    private long subscriptions;
    private long sharedSubscriptions;
    private long filters;

    public TopicTrie() {
        this(FilterListener.NONE);
    }

    public TopicTrie(FilterListener listener) {
        this.listener = listener;
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
        byte[] pattern = filter.pattern().getBytes(StandardCharsets.UTF_8);
        Target target = new Target(subscriber, subscription);
        synchronized (writing) {
            Node node = tree.grow(pattern);
            Target replaced =
                    filter.group() == null
                            ? put(node, target, filter, pattern)
                            : join(node, filter.group(), target, filter, pattern);
            if (replaced != null) {
                return replaced.subscription();
            }
            subscriptions++;
            sharedSubscriptions += filter.isShared() ? 1 : 0;
            return null;
        }
    }

    /**
     * Removes the subscription of a subscriber with this very filter [MQTT-3.10.4-1]
     * [MQTT3-3.10.4-1].
     *
     * @return false if there is none
     */
    public boolean unsubscribe(Subscriber subscriber, TopicFilter filter) {
        byte[] pattern = filter.pattern().getBytes(StandardCharsets.UTF_8);
        synchronized (writing) {
            Node node = tree.find(pattern);
            boolean removed =
                    node != null
                            && (filter.group() == null
                                    ? remove(node, subscriber, filter, pattern)
                                    : leave(node, filter.group(), subscriber, filter, pattern));
            if (removed) {
                tree.prune(pattern);
                subscriptions--;
                sharedSubscriptions -= filter.isShared() ? 1 : 0;
            }
            return removed;
        }
    }

    /**
     * Another member for a message of a shared subscription that its member could not take. Whether
     * it may go to another at all is for the caller to know: a QoS 2 message on its way may not.
     *
     * @return null if there is no other member
     */
    public @Nullable Target pickFor(TopicFilter sharedFilter, @Nullable Subscriber exclude) {
        String name = sharedFilter.group();
        if (name == null) {
            throw new IllegalArgumentException(sharedFilter + " is not a shared subscription");
        }
        Node node = tree.find(sharedFilter.pattern().getBytes(StandardCharsets.UTF_8));
        SharedGroup group = node == null ? null : node.group(name);
        return group == null ? null : group.pick(exclude);
    }

    /** The number of subscriptions, shared ones included. */
    public long subscriptionCount() {
        synchronized (writing) {
            return subscriptions;
        }
    }

    /** The number of shared subscriptions. */
    public long sharedSubscriptionCount() {
        synchronized (writing) {
            return sharedSubscriptions;
        }
    }

    /** The number of filters that differ in their text. */
    public long filterCount() {
        synchronized (writing) {
            return filters;
        }
    }

    /** True if no branch is left. */
    boolean isBare() {
        return tree.root().isEmpty();
    }

    private @Nullable Target put(Node node, Target target, TopicFilter filter, byte[] pattern) {
        Target replaced = node.find(target.subscriber());
        if (replaced != null && replaced.isLike(target)) {
            return replaced;
        }
        boolean first = !node.hasTargets();
        node.put(target);
        changed(pattern);
        if (first) {
            first(filter);
        }
        return replaced;
    }

    private boolean remove(Node node, Subscriber subscriber, TopicFilter filter, byte[] pattern) {
        if (node.find(subscriber) == null) {
            return false;
        }
        node.remove(subscriber);
        changed(pattern);
        if (!node.hasTargets()) {
            last(filter);
        }
        return true;
    }

    private @Nullable Target join(
            Node node, String name, Target target, TopicFilter filter, byte[] pattern) {
        SharedGroup group = node.group(name);
        if (group != null) {
            return group.join(target);
        }
        group = new SharedGroup(filter);
        group.join(target);
        node.add(group);
        changed(pattern);
        first(filter);
        return null;
    }

    private boolean leave(
            Node node, String name, Subscriber subscriber, TopicFilter filter, byte[] pattern) {
        SharedGroup group = node.group(name);
        if (group == null || !group.leave(subscriber)) {
            return false;
        }
        if (group.members().size() == 0) {
            node.remove(group);
            changed(pattern);
            last(filter);
        }
        return true;
    }

    /** Makes what is cached of matches stale, once walks can see the change. */
    private void changed(byte[] pattern) {
        version.getAndIncrement();
        stamps.changed(pattern);
    }

    private void first(TopicFilter filter) {
        filters++;
        listener.first(filter);
    }

    private void last(TopicFilter filter) {
        filters--;
        listener.last(filter);
    }
}
