package io.carillon.topic;

import io.carillon.mqtt.packet.TopicFilter;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Members of a shared subscription that take its messages by turns: all of them on a node that is
 * alone, those of one party on a node of a cluster.
 */
final class Members extends SharedGroup {
    private static final VarHandle TURN;

    static {
        try {
            TURN = MethodHandles.lookup().findVarHandle(Members.class, "turn", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private volatile Targets members = Targets.NONE;

    /** Where the search for the next member starts: chunk in the upper half, index in the lower. */
    @SuppressWarnings("unused") // through TURN
    private volatile long turn;

    Members(TopicFilter filter) {
        super(filter);
    }

    int size() {
        return members.size();
    }

    @Override
    boolean isEmpty() {
        return members.size() == 0;
    }

    @Override
    public void forEach(Consumer<Target> action) {
        members.forEach(action);
    }

    @Override
    @Nullable Target join(Target target) {
        Target replaced = members.find(target.subscriber());
        members = members.with(target);
        return replaced;
    }

    @Override
    boolean leave(Subscriber subscriber) {
        Targets before = members;
        members = before.without(subscriber);
        return members != before;
    }

    @Override
    public @Nullable Target pick(@Nullable Subscriber exclude) {
        Target connected = pick(exclude, true);
        return connected == null ? pick(exclude, false) : connected;
    }

    /**
     * The member whose turn it is. Takes time with the number of members passed over because they
     * are offline.
     *
     * @param online true if it must be connected
     * @return null if none is as it must be
     */
    @Nullable Target pick(@Nullable Subscriber exclude, boolean online) {
        while (true) {
            long start = turn;
            Targets now = members;
            long next = next(now, start, exclude, online);
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
}
