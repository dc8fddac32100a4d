package io.carillon.shard;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** What the shards of a node count. Any thread may read. */
public final class ShardMetrics {
    public final LongAdder queued = new LongAdder();
    public final LongAdder queueFull = new LongAdder();
    public final LongAdder droppedOffline = new LongAdder();
    public final LongAdder duplicates = new LongAdder();
    public final LongAdder takeovers = new LongAdder();
    public final LongAdder wills = new LongAdder();
    public final LongAdder sessionsExpired = new LongAdder();
    public final LongAdder refused = new LongAdder();

    /** Durable sessions, connected or not. */
    public final AtomicLong sessions = new AtomicLong();

    /** Durable sessions with a client connected. */
    public final AtomicLong sessionsOnline = new AtomicLong();

    public final AtomicLong retainedMessages = new AtomicLong();
    public final AtomicLong retainedBytes = new AtomicLong();
}
