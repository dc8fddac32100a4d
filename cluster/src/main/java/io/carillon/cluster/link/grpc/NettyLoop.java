package io.carillon.cluster.link.grpc;

import io.carillon.loop.Loop;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import io.netty.util.concurrent.SingleThreadEventExecutor;
import java.util.concurrent.TimeUnit;

/**
 * One of Netty's event loops as a loop. It has no turns: what is to run at the end of one runs
 * after the tasks that wait.
 */
final class NettyLoop implements Loop {
    private final EventLoop loop;
    private final String name;

    NettyLoop(EventLoop loop, String name) {
        this.loop = loop;
        this.name = name;
        loop.execute(() -> Thread.currentThread().setName(name));
    }

    @Override
    public void execute(Runnable task) {
        loop.execute(task);
    }

    @Override
    public Timer schedule(long delayMillis, Runnable task) {
        ScheduledFuture<?> scheduled = loop.schedule(task, delayMillis, TimeUnit.MILLISECONDS);
        return () -> scheduled.cancel(false);
    }

    @Override
    public void atTurnEnd(Runnable task) {
        assertInside();
        loop.execute(task);
    }

    @Override
    public boolean isInside() {
        return loop.inEventLoop();
    }

    @Override
    public int pending() {
        return loop instanceof SingleThreadEventExecutor single ? single.pendingTasks() : 0;
    }

    @Override
    public String name() {
        return name;
    }
}
