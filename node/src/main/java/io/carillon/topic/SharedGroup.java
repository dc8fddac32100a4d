package io.carillon.topic;

import io.carillon.mqtt.packet.TopicFilter;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * The members of one shared subscription, which take its messages by turns: each message goes to
 * one of them. A match holds the group and not its members, so that joining and leaving spoils no
 * cached match.
 *
 * <p>Members change inside the trie's writer lock; any thread may pick.
 */
public final class SharedGroup {
    private static final VarHandle TURN;

    static {
        try {
            TURN = MethodHandles.lookup().findVarHandle(SharedGroup.class, "turn", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final TopicFilter filter;
    private volatile Targets members = Targets.NONE;

    /** Where the search for the next member starts: chunk in the upper half, index in the lower. */
    @SuppressWarnings("unused") // through TURN
    private volatile long turn;

    SharedGroup(TopicFilter filter) {
        this.filter = filter;
    }

    /** The shared filter, {@code $share/GROUP/} included. */
    public TopicFilter filter() {
        return filter;
    }

    public Targets members() {
        return members;
    }

    /** Adds a member; returns the target it had before, or null. For the writer. */
    @Nullable Target join(Target target) {
        Target replaced = members.find(target.subscriber());
        members = members.with(target);
        return replaced;
    }

    /** Removes a member; returns false if it is none. For the writer. */
    boolean leave(Subscriber subscriber) {
        Targets before = members;
        members = before.without(subscriber);
        return members != before;
    }

    /**
     * The member whose turn it is: the next that is online, or else the next at all, which then is
     * a durable session and stores the message. Takes time with the number of members passed over
     * because they are offline.
     *
     * @param exclude the member that had the message before and could not take it, or null
     * @return null if there is no other member
     */
    public @Nullable Target pick(@Nullable Subscriber exclude) {
        while (true) {
            long start = turn;
            Targets now = members;
            long next = next(now, start, exclude, true);
            if (next < 0) {
                next = next(now, start, exclude, false);
            }
            if (next < 0) {
                return null;
            }
            // Only the loop that moves the turn may have the member: that keeps the shares equal.
            if (TURN.compareAndSet(this, start, next)) {
                return now.chunks()[chunkOf(next)][indexOf(next) - 1];
            }
        }
    }

    /** The place behind the next fitting member, or -1; comes round to the first once. */
    private static long next(
            Targets members, long start, @Nullable Subscriber exclude, boolean online) {
        Target[][] chunks = members.chunks();
        int chunk = chunkOf(start) & chunks.length - 1;
        int index = indexOf(start);
        for (int seen = 0; seen < members.size(); ) {
            if (index >= chunks[chunk].length) {
                chunk = chunk + 1 & chunks.length - 1;
                index = 0;
                continue;
            }
            Target member = chunks[chunk][index++];
            seen++;
            if (!member.isFor(exclude) && (!online || member.subscriber().online())) {
                return (long) chunk << 32 | index;
            }
        }
        return -1;
    }

    private static int chunkOf(long turn) {
        return (int) (turn >>> 32);
    }

    private static int indexOf(long turn) {
        return (int) turn;
    }

    @Override
    public String toString() {
        return filter + " of " + members.size();
    }
}
