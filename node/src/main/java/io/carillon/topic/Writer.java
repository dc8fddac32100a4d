package io.carillon.topic;

import io.carillon.mqtt.packet.TopicFilter;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Changes the trie, counts what is in it, and tells the listener. Inside the trie's writer lock;
 * readers go by tree, version and stamps.
 */
final class Writer {
    final Tree tree = new Tree();
    final Stamps stamps = new Stamps();
    final AtomicLong version = new AtomicLong();

    /** Null on a node that is alone: nobody listens, and nobody stands in. */
    private final @Nullable Lanes lanes;

    private final FilterListener listener;
    private long subscriptions;
    private long sharedSubscriptions;
    private long routes;
    private long filters;

    Writer(@Nullable Lanes lanes, FilterListener listener) {
        this.lanes = lanes;
        this.listener = listener;
    }

    long subscriptions() {
        return subscriptions;
    }

    long sharedSubscriptions() {
        return sharedSubscriptions;
    }

    long routes() {
        return routes;
    }

    long filters() {
        return filters;
    }

    /** Adds a target; returns the one of the same subscriber that it replaces, or null. */
    @Nullable Target add(Target target, TopicFilter filter, byte[] pattern) {
        Node node = tree.grow(pattern);
        Target replaced;
        if (filter.group() == null) {
            replaced = put(node, target, filter, pattern);
        } else {
            SharedGroup group = groupAt(node, filter.group(), filter, pattern);
            replaced = group.join(target);
            if (replaced == null) {
                tellMembers(group, target.subscriber());
            }
        }
        if (replaced == null) {
            count(target.subscriber(), filter, 1);
        }
        return replaced;
    }

    /** Has so many members elsewhere from now on; false if the group had some of the stand-in. */
    boolean add(FarShare share, TopicFilter filter, String name, byte[] pattern) {
        boolean isNew =
                groupAt(tree.grow(pattern), name, filter, pattern) instanceof SpreadGroup group
                        && group.put(share);
        if (isNew) {
            count(share.target().subscriber(), filter, 1);
        }
        return isNew;
    }

    /** Removes what a subscriber has at this filter; false if that is nothing. */
    boolean remove(Subscriber subscriber, TopicFilter filter, byte[] pattern) {
        Node node = tree.find(pattern);
        boolean removed =
                node != null
                        && (filter.group() == null
                                ? remove(node, subscriber, filter, pattern)
                                : leave(node, filter.group(), subscriber, pattern));
        if (removed) {
            tree.prune(pattern);
            count(subscriber, filter, -1);
        }
        return removed;
    }

    /** A durable member of a group has connected or disconnected. */
    void onlineChanged(Subscriber subscriber, String name, byte[] pattern) {
        Node node = tree.find(pattern);
        if (node != null && node.group(name) instanceof SpreadGroup group) {
            group.onlineChanged(subscriber);
            tellMembers(group, subscriber);
        }
    }

    private @Nullable Target put(Node node, Target target, TopicFilter filter, byte[] pattern) {
        Target replaced = node.find(target.subscriber());
        if (replaced != null && replaced.isLike(target)) {
            return replaced;
        }
        boolean first = !node.hasTargets();
        int party = partyOf(target.subscriber());
        boolean firstOfParty = lanes != null && party >= 0 && !node.hasTargets(lanes, party);
        node.put(target);
        changed(pattern);
        filters += first ? 1 : 0;
        if (firstOfParty) {
            listener.first(party, filter);
        }
        return replaced;
    }

    private boolean remove(Node node, Subscriber subscriber, TopicFilter filter, byte[] pattern) {
        if (node.find(subscriber) == null) {
            return false;
        }
        node.remove(subscriber);
        changed(pattern);
        filters -= node.hasTargets() ? 0 : 1;
        int party = partyOf(subscriber);
        if (lanes != null && party >= 0 && !node.hasTargets(lanes, party)) {
            listener.last(party, filter);
        }
        return true;
    }

    private SharedGroup groupAt(Node node, String name, TopicFilter filter, byte[] pattern) {
        SharedGroup known = node.group(name);
        if (known != null) {
            return known;
        }
        SharedGroup group = lanes == null ? new Members(filter) : new SpreadGroup(filter, lanes);
        node.add(group);
        changed(pattern);
        filters++;
        return group;
    }

    private boolean leave(Node node, String name, Subscriber subscriber, byte[] pattern) {
        SharedGroup group = node.group(name);
        if (group == null || !group.leave(subscriber)) {
            return false;
        }
        if (group.isEmpty()) {
            node.remove(group);
            changed(pattern);
            filters--;
        }
        tellMembers(group, subscriber);
        return true;
    }

    private void tellMembers(SharedGroup group, Subscriber subscriber) {
        int party = partyOf(subscriber);
        if (party >= 0 && group instanceof SpreadGroup spread) {
            listener.members(
                    party, group.filter(), spread.count(party, true), spread.count(party, false));
        }
    }

    private int partyOf(Subscriber subscriber) {
        return lanes == null ? -1 : lanes.partyOfLane(subscriber.lane());
    }

    private void count(Subscriber subscriber, TopicFilter filter, int by) {
        if (subscriber instanceof StandIn) {
            routes += by;
        } else {
            subscriptions += by;
            sharedSubscriptions += filter.isShared() ? by : 0;
        }
    }

    /** Makes what is cached of matches stale, once walks can see the change. */
    private void changed(byte[] pattern) {
        version.getAndIncrement();
        stamps.changed(pattern);
    }
}
