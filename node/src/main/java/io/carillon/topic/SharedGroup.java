package io.carillon.topic;

import io.carillon.mqtt.packet.TopicFilter;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The members of one shared subscription: each message goes to one of them. A match holds the group
 * and not its members, so that joining and leaving spoils no cached match.
 *
 * <p>Members change inside the trie's writer lock; any thread may pick.
 */
public abstract sealed class SharedGroup permits Members, SpreadGroup {
    private final TopicFilter filter;

    SharedGroup(TopicFilter filter) {
        this.filter = filter;
    }

    /** The shared filter, {@code $share/GROUP/} included. */
    public final TopicFilter filter() {
        return filter;
    }

    /**
     * The member whose turn it is: the next that is connected, or else the next at all, which then
     * is a durable session and stores the message. A stand-in may be picked, for one of the members
     * that it stands for.
     *
     * @param exclude the member that had the message before and could not take it, or null
     * @return null if there is no other member
     */
    public abstract @Nullable Target pick(@Nullable Subscriber exclude);

    /** Hands over each member, and each stand-in. */
    public abstract void forEach(Consumer<Target> action);

    /** Adds a member; returns the target it had before, or null. For the writer. */
    abstract @Nullable Target join(Target target);

    /** Removes a member; returns false if it is none. For the writer. */
    abstract boolean leave(Subscriber subscriber);

    abstract boolean isEmpty();

    @Override
    public final String toString() {
        return filter.toString();
    }
}
