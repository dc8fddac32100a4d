package io.carillon.cluster.replication.raft;

import io.carillon.loop.Loop;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The heartbeat that all groups of a loop have in common. What they have to say then leaves
 * together: a node that has nothing else to do is woken a few times per heartbeat, and not a few
 * times for each group.
 */
final class Beats {
    private final long periodMillis;
    private final Map<Loop, List<Runnable>> next = new ConcurrentHashMap<>();

    Beats(long periodMillis) {
        this.periodMillis = periodMillis;
    }

    /** Runs the task once, at the loop's next heartbeat. On the loop. */
    void atNext(Loop loop, Runnable task) {
        loop.assertInside();
        List<Runnable> tasks = next.computeIfAbsent(loop, each -> new ArrayList<>());
        if (tasks.isEmpty()) {
            loop.schedule(periodMillis, () -> beat(loop));
        }
        tasks.add(task);
    }

    private void beat(Loop loop) {
        List<Runnable> due = next.remove(loop);
        if (due != null) {
            due.forEach(loop::execute); // each by itself: one that fails takes no other along
        }
    }
}
