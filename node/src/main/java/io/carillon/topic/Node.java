package io.carillon.topic;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One level of the trie. Most nodes have one child or one subscription, and there may be a million
 * of them: so each of the two fields holds the thing itself while it is alone.
 *
 * <p>Changed inside the trie's writer lock, read by any thread.
 */
final class Node {
    private final byte[] level;
    private final int hash;

    /** Null, the only child (a {@code Node}, no wildcard), or {@code Children}. */
    private volatile @Nullable Object children;

    /** Null, the only subscription (a {@code Target}), or a {@code Match} of several. */
    private volatile @Nullable Object content;

    Node(byte[] level, int hash) {
        this.level = level;
        this.hash = hash;
    }

    int hash() {
        return hash;
    }

    boolean is(int hash, byte[] path, int from, int to) {
        return this.hash == hash && Arrays.equals(level, 0, level.length, path, from, to);
    }

    /** Whom the subscriptions that end here reach, or null. */
    @Nullable Match match() {
        Object now = content;
        return now instanceof Target sole ? Match.of(sole) : (Match) now;
    }

    /** True if a subscription that is not shared ends here. */
    boolean hasTargets() {
        Object now = content;
        return now instanceof Match match ? match.lanes().length > 0 : now != null;
    }

    /** True if a subscription of the party that is not shared ends here. */
    boolean hasTargets(Lanes lanes, int party) {
        Object now = content;
        if (now instanceof Target sole) {
            return lanes.partyOfLane(sole.subscriber().lane()) == party;
        }
        return now instanceof Match several && several.hasTargets(lanes, party);
    }

    /** The target of a subscriber, or null; shared groups are not searched. */
    @Nullable Target find(Subscriber subscriber) {
        Object now = content;
        if (now instanceof Target sole) {
            return sole.isFor(subscriber) ? sole : null;
        }
        return now instanceof Match several ? several.find(subscriber) : null;
    }

    /** Puts the target in place of the one its subscriber has here, if any. */
    void put(Target target) {
        Match match = match();
        content = match == null ? target : reduced(match.with(target));
    }

    /** Removes the target of a subscriber. */
    void remove(Subscriber subscriber) {
        Match match = match();
        if (match != null) {
            content = reduced(match.without(subscriber));
        }
    }

    @Nullable SharedGroup group(String name) {
        return content instanceof Match match ? match.group(name) : null;
    }

    void add(SharedGroup group) {
        Match match = match();
        content = (match == null ? Match.NONE : match).with(group);
    }

    void remove(SharedGroup group) {
        if (content instanceof Match match) {
            content = reduced(match.without(group));
        }
    }

    private static @Nullable Object reduced(Match match) {
        Target sole = match.sole();
        if (sole != null) {
            return sole;
        }
        return match.isEmpty() ? null : match;
    }

    /** The child of a level that is no wildcard, or null. */
    @Nullable Node literal(int hash, byte[] path, int from, int to) {
        Object now = children;
        if (now instanceof Node sole) {
            return sole.is(hash, path, from, to) ? sole : null;
        }
        return now instanceof Children several ? several.find(hash, path, from, to) : null;
    }

    /** The child {@code +}, or null. */
    @Nullable Node plus() {
        return children instanceof Children several ? several.plus() : null;
    }

    /** The child {@code #}, or null. */
    @Nullable Node rest() {
        return children instanceof Children several ? several.rest() : null;
    }

    /** The child of a filter's level, wildcards included, or null. */
    @Nullable Node child(int hash, byte[] path, int from, int to) {
        if (Levels.is(path, from, to, '+')) {
            return plus();
        }
        return Levels.is(path, from, to, '#') ? rest() : literal(hash, path, from, to);
    }

    /** Adds a child that is not there yet. */
    void add(Node child) {
        if (children == null && !child.isLevel('+') && !child.isLevel('#')) {
            children = child;
            return;
        }
        Children several = several();
        if (child.isLevel('+')) {
            several.plus(child);
        } else if (child.isLevel('#')) {
            several.rest(child);
        } else {
            several.add(child);
        }
        children = several;
    }

    /** Removes a child that is there. */
    void remove(Node child) {
        if (!(children instanceof Children several)) {
            children = null;
            return;
        }
        if (child.isLevel('+')) {
            several.plus(null);
        } else if (child.isLevel('#')) {
            several.rest(null);
        } else {
            several.remove(child);
        }
        if (several.isEmpty()) {
            children = null;
        }
    }

    private Children several() {
        if (children instanceof Children several) {
            return several;
        }
        Children several = new Children();
        if (children instanceof Node sole) {
            several.add(sole);
        }
        return several;
    }

    /** True if neither a subscription nor a child keeps this node. */
    boolean isEmpty() {
        return content == null && children == null;
    }

    private boolean isLevel(char wildcard) {
        return Levels.is(level, 0, level.length, wildcard);
    }
}
