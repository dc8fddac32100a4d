package io.carillon.loop;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A loop on one platform thread of its own. A busy loop costs its callers no system call: only a
 * sleeping one is woken.
 *
 * <p>The queue has no bound of its own, since {@link #execute} can neither block nor refuse: who
 * feeds a loop from outside holds back when {@link #pending()} is high.
 */
public final class ThreadLoop implements Loop, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ThreadLoop.class);

    /** Tasks in one turn; then what the turn collected is written. */
    private static final int TURN_TASKS_MAX = 256;

    /** How long {@link #close()} lets queued tasks run. */
    private static final long CLOSE_MILLIS_MAX = 10_000;

    /** Ten years; a longer delay counts as that, so that sums can't overflow. */
    private static final long DELAY_MILLIS_MAX = TimeUnit.DAYS.toMillis(3_650);

    private final long startNanos = System.nanoTime();
    private final ConcurrentLinkedQueue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final AtomicInteger pending = new AtomicInteger();
    private final AtomicBoolean sleeping = new AtomicBoolean();
    private final TimerQueue timers = new TimerQueue();
    private final TaskGuard guard;
    private final Thread thread;
    private volatile boolean closing;
    private volatile boolean stopped;
    private long closeDeadlineNanos;

    private List<Runnable> turnEnd = new ArrayList<>();
    private List<Runnable> turnEndSpare = new ArrayList<>();

    private ThreadLoop(String name) {
        guard = new TaskGuard(name);
        thread = Thread.ofPlatform().name(name).unstarted(this::run);
    }

    /** Starts a loop whose thread has the name: its role, such as {@code shard-0}. */
    public static ThreadLoop start(String name) {
        ThreadLoop loop = new ThreadLoop(name);
        loop.thread.start();
        return loop;
    }

    /**
     * {@inheritDoc}
     *
     * @throws RejectedExecutionException if the loop has stopped
     */
    @Override
    public void execute(Runnable task) {
        if (stopped) {
            throw rejected();
        }
        pending.incrementAndGet();
        tasks.add(task);
        // The loop may have stopped in between, having seen an empty queue.
        if (stopped && tasks.remove(task)) {
            pending.decrementAndGet();
            throw rejected();
        }
        wake();
    }

    @Override
    public Timer schedule(long delayMillis, Runnable task) {
        long delayNanos = TimeUnit.MILLISECONDS.toNanos(Math.min(delayMillis, DELAY_MILLIS_MAX));
        long deadline = nanosSinceStart() + delayNanos;
        TimerQueue.Entry entry = timers.entry(deadline, task);
        if (isInside()) {
            timers.add(entry);
        } else {
            execute(() -> timers.add(entry));
        }
        return entry;
    }

    @Override
    public void atTurnEnd(Runnable task) {
        assertInside();
        turnEnd.add(task);
    }

    @Override
    public boolean isInside() {
        return Thread.currentThread().equals(thread);
    }

    @Override
    public int pending() {
        return pending.get();
    }

    @Override
    public String name() {
        return thread.getName();
    }

    /** Tasks that threw so far. Any thread. */
    public long failures() {
        return guard.failures();
    }

    /**
     * Runs what is queued, drops the timers and stops; waits for that, at most ten seconds. Called
     * on the loop itself it doesn't wait.
     */
    @Override
    public void close() {
        closeDeadlineNanos = nanosSinceStart() + TimeUnit.MILLISECONDS.toNanos(CLOSE_MILLIS_MAX);
        closing = true;
        LockSupport.unpark(thread);
        if (isInside()) {
            return;
        }
        try {
            if (!thread.join(Duration.ofMillis(CLOSE_MILLIS_MAX))) {
                LOG.warn(
                        "loop {} did not stop within {} ms; {} tasks are left behind",
                        name(),
                        CLOSE_MILLIS_MAX,
                        pending());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void wake() {
        if (sleeping.get() && sleeping.compareAndSet(true, false)) {
            LockSupport.unpark(thread);
        }
    }

    private void run() {
        while (!closing) {
            turn();
            sleepWhileIdle();
        }
        while ((!tasks.isEmpty() || !turnEnd.isEmpty()) && nanosSinceStart() < closeDeadlineNanos) {
            turn();
        }
        stopped = true;
        turn(); // what came in just before
    }

    private void turn() {
        fireTimers();
        int ran = 0;
        Runnable task;
        while (ran < TURN_TASKS_MAX && (task = tasks.poll()) != null) {
            ran++;
            guard.run(task);
        }
        if (ran > 0) {
            pending.addAndGet(-ran);
        }
        endTurn();
    }

    private void fireTimers() {
        if (closing || timers.nextDeadline() == Long.MAX_VALUE) {
            return;
        }
        long now = nanosSinceStart();
        @Nullable Runnable due;
        while ((due = timers.pollDue(now)) != null) {
            guard.run(due);
        }
    }

    private void endTurn() {
        if (turnEnd.isEmpty()) {
            return;
        }
        // A hook that asks for another one gets it in the next turn.
        List<Runnable> hooks = turnEnd;
        turnEnd = turnEndSpare;
        turnEndSpare = hooks;
        for (Runnable hook : hooks) {
            guard.run(hook);
        }
        hooks.clear();
    }

    private void sleepWhileIdle() {
        if (!tasks.isEmpty() || !turnEnd.isEmpty()) {
            return;
        }
        sleeping.set(true);
        // A task that was added before the flag could be seen would wake nobody.
        if (tasks.isEmpty() && !closing) {
            long deadline = timers.nextDeadline();
            if (deadline == Long.MAX_VALUE) {
                LockSupport.park(this);
            } else {
                long nanos = deadline - nanosSinceStart();
                if (nanos > 0) {
                    LockSupport.parkNanos(this, nanos);
                }
            }
        }
        sleeping.set(false);
    }

    private long nanosSinceStart() {
        return System.nanoTime() - startNanos;
    }

    private RejectedExecutionException rejected() {
        return new RejectedExecutionException("loop " + name() + " has stopped");
    }
}
