package io.carillon.net.lane;

import io.carillon.loop.OnEventLoop;
import io.netty.channel.EventLoop;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What may time out on one event loop: never early, and at most a quarter of a second late. Nearly
 * every timeout is cleared or put off before it comes, so both must be cheap: an entry is its owner
 * and is chained into a ring of slots, which allocates and sorts nothing. The loop looks at one
 * slot after the other while there are entries.
 */
@OnEventLoop
public final class Timeouts {
    /** What can time out; it is set for one moment at a time. */
    public abstract static class Entry {
        private static final long NOT_SET = 0;

        private long dueTick = NOT_SET;
        private @Nullable Entry before;
        private @Nullable Entry behind;

        /** The time is over. The entry is not set any more, and may be set again. */
        protected abstract void timedOut();
    }

    private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    /** A power of two. An entry for later than one round is passed over until its round. */
    private static final int SLOTS = 256;

    /** Ten years; a longer delay counts as that, so that sums cannot overflow. */
    private static final long DELAY_NANOS_MAX = TimeUnit.DAYS.toNanos(3_650);

    private final EventLoop loop;
    private final long originNanos;
    private final @Nullable Entry[] slots = new @Nullable Entry[SLOTS];
    private final Runnable tick = this::tick;
    private @Nullable Entry due;
    private int size;
    private long lastTick;
    private boolean ticking;

    Timeouts(EventLoop loop) {
        this.loop = loop;
        this.originNanos = loop.ticker().nanoTime();
    }

    /** Sets an entry, in place of what it was set to. */
    public void set(Entry entry, long delayNanos) {
        clear(entry);
        long now = nowNanos();
        if (!ticking) {
            lastTick = now / TICK_NANOS;
            ticking = true;
            tickLater(now);
        }
        long at = now + Math.min(delayNanos, DELAY_NANOS_MAX);
        entry.dueTick = Math.max(Math.ceilDiv(at, TICK_NANOS), lastTick + 1);
        int slot = slot(entry.dueTick);
        slots[slot] = pushed(entry, slots[slot]);
        size++;
    }

    /** Clears an entry; nothing happens if it is not set. */
    public void clear(Entry entry) {
        if (entry.dueTick != Entry.NOT_SET) {
            unlink(entry);
            entry.dueTick = Entry.NOT_SET;
            size--;
        }
    }

    private void tick() {
        long first = lastTick + 1;
        lastTick = nowNanos() / TICK_NANOS;
        for (long each = Math.max(first, lastTick - SLOTS + 1); each <= lastTick; each++) {
            takeDue(slot(each));
        }
        try {
            // One by one: what times out may clear others.
            for (Entry entry = due; entry != null; entry = due) {
                clear(entry);
                entry.timedOut();
            }
        } finally {
            ticking = size > 0;
            if (ticking) {
                tickLater(nowNanos());
            }
        }
    }

    private void takeDue(int slot) {
        Entry entry = slots[slot];
        while (entry != null) {
            Entry next = entry.behind;
            if (entry.dueTick <= lastTick) {
                unlink(entry);
                due = pushed(entry, due);
            }
            entry = next;
        }
    }

    private void tickLater(long nowNanos) {
        var _ = loop.schedule(tick, (lastTick + 1) * TICK_NANOS - nowNanos, TimeUnit.NANOSECONDS);
    }

    private static Entry pushed(Entry entry, @Nullable Entry top) {
        entry.behind = top;
        if (top != null) {
            top.before = entry;
        }
        return entry;
    }

    @SuppressWarnings("ReferenceEquality") // the very entry that is on top
    private void unlink(Entry entry) {
        Entry before = entry.before;
        Entry behind = entry.behind;
        if (behind != null) {
            behind.before = before;
        }
        if (before != null) {
            before.behind = behind;
        } else if (due == entry) {
            due = behind;
        } else {
            slots[slot(entry.dueTick)] = behind;
        }
        entry.before = null;
        entry.behind = null;
    }

    private static int slot(long tick) {
        return (int) (tick & SLOTS - 1);
    }

    private long nowNanos() {
        return loop.ticker().nanoTime() - originNanos;
    }
}
