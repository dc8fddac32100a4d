package io.carillon.loop;

import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * The timers of one loop, the earliest first; equal deadlines fire in the order of scheduling. On
 * the loop. Bounded by who schedules; called-off timers are dropped once they are half of all.
 */
final class TimerQueue {
    private static final int CANCELLED_MIN_TO_SWEEP = 64;

    private final PriorityQueue<Entry> entries = new PriorityQueue<>();
    private long added;
    private int cancelled;

    /** A timer that is not in the queue yet; {@link #add} puts it there. */
    Entry entry(long deadline, Runnable task) {
        return new Entry(deadline, task);
    }

    void add(Entry entry) {
        if (entry.task == null) {
            return;
        }
        entry.order = added++;
        entry.queued = true;
        entries.add(entry);
    }

    /** The deadline of the earliest timer that was not called off, or {@link Long#MAX_VALUE}. */
    long nextDeadline() {
        Entry head = head();
        return head == null ? Long.MAX_VALUE : head.deadline;
    }

    /** Takes the earliest task whose deadline is not after {@code now}; null if there is none. */
    @Nullable Runnable pollDue(long now) {
        Entry head = head();
        if (head == null || head.deadline > now) {
            return null;
        }
        entries.poll();
        head.queued = false;
        Runnable task = head.task;
        head.task = null;
        return task;
    }

    /** Timers that will fire. */
    int size() {
        return entries.size() - cancelled;
    }

    /** Timers that take memory: those that will fire and those called off lately. */
    int held() {
        return entries.size();
    }

    private @Nullable Entry head() {
        Entry head = entries.peek();
        while (head != null && head.task == null) {
            entries.poll();
            cancelled--;
            head = entries.peek();
        }
        return head;
    }

    private void sweep() {
        if (cancelled >= CANCELLED_MIN_TO_SWEEP && cancelled > entries.size() / 2) {
            entries.removeIf(entry -> entry.task == null);
            cancelled = 0;
        }
    }

    /** One scheduled task; its task is null once it was taken or called off. */
    final class Entry implements Loop.Timer, Comparable<Entry> {
        private final long deadline;
        private @Nullable Runnable task;
        private long order;
        private boolean queued;

        private Entry(long deadline, Runnable task) {
            this.deadline = deadline;
            this.task = task;
        }

        @Override
        public void cancel() {
            if (task == null) {
                return;
            }
            task = null;
            if (queued) {
                cancelled++;
                sweep();
            }
        }

        @Override
        public int compareTo(Entry other) {
            int byDeadline = Long.compare(deadline, other.deadline);
            return byDeadline != 0 ? byDeadline : Long.compare(order, other.order);
        }
    }
}
