package io.carillon.net.lane;

import io.carillon.loop.AnyThread;
import io.carillon.loop.OnEventLoop;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetric;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import io.netty.util.internal.PlatformDependent;

/**
 * What the clients of one event loop hold in memory together. Each has limits of its own; this one
 * holds when very many use theirs up at once.
 */
@OnEventLoop
public final class LaneMemory {
    /** Queues may take that part of the heap, all loops together. */
    private static final int QUEUES_PART = 4;

    private final long queuedBytesMax;
    private final long bufferBytesMax;
    private long queuedBytes;
    private volatile boolean tight;

    /** Bounds in bytes: of what waits in queues, and of what is in buffers. */
    public LaneMemory(long queuedBytesMax, long bufferBytesMax) {
        this.queuedBytesMax = queuedBytesMax;
        this.bufferBytesMax = bufferBytesMax;
    }

    /** The share of one loop in a process with so many. */
    static LaneMemory ofProcess(int loops) {
        return new LaneMemory(
                Runtime.getRuntime().maxMemory() / QUEUES_PART / loops,
                PlatformDependent.maxDirectMemory() / 4 * 3);
    }

    /** The queue of a session has grown, or shrunk, by that. */
    public void queued(long bytes) {
        queuedBytes += bytes;
    }

    /** True while no more messages should wait for clients. */
    public boolean queuesFull() {
        return queuedBytes > queuedBytesMax;
    }

    /** Looks how much the buffers of the process take; once per turn. */
    void look(ByteBufAllocator allocator) {
        if (allocator instanceof ByteBufAllocatorMetricProvider provider) {
            ByteBufAllocatorMetric metric = provider.metric();
            boolean now = metric.usedDirectMemory() > bufferBytesMax;
            if (now != tight) {
                tight = now;
            }
        }
    }

    /** True while buffers take most of what they may: nobody should fill up more than a few. */
    @AnyThread
    public boolean tight() {
        return tight;
    }
}
