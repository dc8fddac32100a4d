package io.carillon.cluster.replication.raft;

import io.carillon.loop.Loop;
import io.microraft.executor.RaftNodeExecutor;
import io.microraft.impl.task.FlushTask;
import io.microraft.impl.task.HeartbeatTask;
import java.util.concurrent.TimeUnit;

/**
 * Runs MicroRaft's tasks on the shard's loop. Its times are in whole seconds, so its time runs
 * faster than ours.
 */
final class LoopExecutor implements RaftNodeExecutor {
    private final Loop loop;
    private final Beats beats;
    private final double speed;
    private final Runnable touched;
    private Runnable cut = () -> {};
    private boolean inline;
    private boolean heartbeat;
    private boolean closed;

    /**
     * @param speed how many of MicroRaft's seconds pass in one of ours
     * @param touched told before each task, which may change anything
     */
    LoopExecutor(Loop loop, Beats beats, double speed, Runnable touched) {
        this.loop = loop;
        this.beats = beats;
        this.speed = speed;
        this.touched = touched;
    }

    /** The first task of the call runs within it; tasks that this one brings up come later. */
    void inline(Runnable call) {
        if (closed) {
            return;
        }
        touched.run();
        inline = true;
        try {
            call.run();
        } finally {
            inline = false;
        }
    }

    @Override
    public void execute(Runnable task) {
        if (inline) {
            inline = false;
            task.run();
        } else {
            loop.execute(() -> run(task));
        }
    }

    /** What is to be done when the log may have been cut, before anybody looks at it. */
    void onCut(Runnable task) {
        cut = task;
    }

    /**
     * What comes here would wait for the disk. Nothing may: when a batch is durable, the replica
     * tells the leader's state how far that goes. But it comes right after each cut of the log.
     */
    @Override
    public void submit(Runnable task) {
        if (task instanceof FlushTask) {
            cut.run();
        } else {
            execute(task);
        }
    }

    @Override
    public void schedule(Runnable task, long delay, TimeUnit unit) {
        if (task instanceof HeartbeatTask) {
            beats.atNext(loop, () -> heartbeat(() -> run(task)));
            return;
        }
        long millis = (long) (unit.toMillis(delay) / speed);
        loop.schedule(Math.max(1, millis), () -> run(task));
    }

    /** What followers are to hear though there is no entry for them. */
    void heartbeat(Runnable call) {
        heartbeat = true;
        try {
            call.run();
        } finally {
            heartbeat = false;
        }
    }

    boolean isHeartbeat() {
        return heartbeat;
    }

    /** No task runs any more. */
    void close() {
        closed = true;
    }

    private void run(Runnable task) {
        if (!closed) {
            touched.run();
            task.run();
        }
    }
}
