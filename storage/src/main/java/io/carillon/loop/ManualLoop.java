package io.carillon.loop;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A loop that runs only when it is told to, on the caller's thread: the caller decides the
 * interleaving, and the same calls give the same run. Several may share one clock. One thread.
 */
public final class ManualLoop implements Loop {
    private static final int TURNS_MAX = 1_000_000;

    private final String name;
    private final ManualClock clock;
    private final ArrayDeque<Runnable> tasks = new ArrayDeque<>();
    private final TimerQueue timers = new TimerQueue();
    private final TaskGuard guard;
    private List<Runnable> turnEnd = new ArrayList<>();
    private boolean inside;

    public ManualLoop(String name, ManualClock clock) {
        this.name = name;
        this.clock = clock;
        this.guard = new TaskGuard(name);
    }

    /** A loop with a clock of its own, which starts at 0. */
    public ManualLoop(String name) {
        this(name, new ManualClock(0));
    }

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
    }

    @Override
    public Timer schedule(long delayMillis, Runnable task) {
        TimerQueue.Entry entry = timers.entry(clock.millis() + delayMillis, task);
        timers.add(entry);
        return entry;
    }

    @Override
    public void atTurnEnd(Runnable task) {
        assertInside();
        turnEnd.add(task);
    }

    /** True while one of its tasks runs. */
    @Override
    public boolean isInside() {
        return inside;
    }

    @Override
    public int pending() {
        return tasks.size();
    }

    @Override
    public String name() {
        return name;
    }

    public ManualClock clock() {
        return clock;
    }

    /** Tasks that threw so far. */
    public long failures() {
        return guard.failures();
    }

    /** Runs the oldest waiting task, a due timer's among them; false if there is none. */
    public boolean runOne() {
        assertOutside();
        enqueueDueTimers();
        @Nullable Runnable task = tasks.poll();
        if (task == null) {
            return false;
        }
        enter(task);
        return true;
    }

    /** Runs what waits for the end of the turn; false if nothing does. */
    public boolean endTurn() {
        assertOutside();
        if (turnEnd.isEmpty()) {
            return false;
        }
        List<Runnable> hooks = turnEnd;
        turnEnd = new ArrayList<>();
        hooks.forEach(this::enter);
        return true;
    }

    /** Runs the tasks that wait now, then ends the turn; false if there was nothing to do. */
    public boolean runTurn() {
        assertOutside();
        enqueueDueTimers();
        int waiting = tasks.size();
        for (int i = 0; i < waiting; i++) {
            runOne();
        }
        return endTurn() || waiting > 0;
    }

    /**
     * Runs turns until there is nothing left to do at this time.
     *
     * @throws IllegalStateException if the loop never comes to rest
     */
    public void runUntilIdle() {
        for (int turns = 0; runTurn(); turns++) {
            if (turns == TURNS_MAX) {
                throw new IllegalStateException("loop " + name + " does not come to rest");
            }
        }
    }

    /** Lets time pass, with each timer fired at its time and all that follows from it run. */
    public void advanceMillis(long by) {
        long target = clock.millis() + by;
        runUntilIdle();
        while (timers.nextDeadline() <= target) {
            clock.advanceMillis(Math.max(0, timers.nextDeadline() - clock.millis()));
            runUntilIdle();
        }
        clock.advanceMillis(Math.max(0, target - clock.millis()));
    }

    private void enqueueDueTimers() {
        @Nullable Runnable due;
        while ((due = timers.pollDue(clock.millis())) != null) {
            tasks.add(due);
        }
    }

    private void assertOutside() {
        if (inside) {
            throw new IllegalStateException("loop " + name + " is running a task already");
        }
    }

    private void enter(Runnable task) {
        inside = true;
        try {
            guard.run(task);
        } finally {
            inside = false;
        }
    }
}
