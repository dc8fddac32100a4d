package io.carillon.net.lane;

import io.carillon.loop.AnyThread;
import io.carillon.loop.OnEventLoop;
import io.carillon.shard.Lane;
import io.carillon.shard.Publication;
import io.carillon.shard.Receipt;
import io.carillon.topic.Target;
import io.carillon.topic.Targets;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * An event loop with the transient sessions of its connections. What other threads publish waits in
 * its inbox and is handed out in one go; what its own connections publish is handed out at once.
 * Connections that were written to are flushed together at the end of the turn.
 *
 * <p>The inbox is bounded by its publishers: above the limit {@link #congested} is true and they
 * stop reading.
 */
@AnyThread
public final class IoLane implements Lane {
    private record HandOut(Publication publication, Targets targets) {
        private static final int TARGET_BYTES = 8;

        int bytes() {
            return publication.message().bytes() + targets.size() * TARGET_BYTES;
        }
    }

    private final int index;
    private final EventLoop loop;
    private final long inboxBytesMax;
    private final Inbox<HandOut> inbox = new Inbox<>();
    private final LaneMemory memory;
    private final BackPressure backPressure;
    private final Timeouts timeouts;
    private final NetCounts counts = new NetCounts();
    private final List<TurnWriter> unflushed = new ArrayList<>();
    private final Runnable drain = this::drain;
    private final Runnable flush = this::flush;

    public IoLane(int index, EventLoop loop, long inboxBytesMax, LaneMemory memory) {
        this.index = index;
        this.loop = loop;
        this.inboxBytesMax = inboxBytesMax;
        this.memory = memory;
        this.backPressure = new BackPressure(loop);
        this.timeouts = new Timeouts(loop);
    }

    @Override
    public void handOut(Publication publication, Targets targets, @Nullable Receipt receipt) {
        // A publisher that moved here from another loop may have messages in the inbox: these
        // first.
        if (loop.inEventLoop() && inbox.isEmpty()) {
            deliver(publication, targets);
            return;
        }
        HandOut handOut = new HandOut(publication, targets);
        if (inbox.push(handOut, handOut.bytes())) {
            post(drain);
        }
    }

    /** True while publishers of other loops should not add more. */
    public boolean congested() {
        return inbox.bytes() > inboxBytesMax;
    }

    public int index() {
        return index;
    }

    public EventLoop loop() {
        return loop;
    }

    public LaneMemory memory() {
        return memory;
    }

    public BackPressure backPressure() {
        return backPressure;
    }

    public Timeouts timeouts() {
        return timeouts;
    }

    public NetCounts counts() {
        return counts;
    }

    /** Runs a task on the loop, in order; forgets it if the loop has ended: nobody is there. */
    public void post(Runnable task) {
        try {
            loop.execute(task);
        } catch (RejectedExecutionException _) {
            // The connections of this loop are closed.
        }
    }

    /** Flushes it when the turn ends; to be called once per turn and writer. */
    @OnEventLoop
    public void flushLater(TurnWriter writer) {
        if (unflushed.isEmpty()) {
            // Runs after the reads of this turn and the tasks that wait.
            post(flush);
        }
        unflushed.add(writer);
    }

    private void flush() {
        // By index: a flush may fail and close the connection, which writes and adds itself.
        for (int i = 0; i < unflushed.size(); i++) {
            unflushed.get(i).flush();
        }
        memory.look(unflushed.getFirst().allocator());
        unflushed.clear();
    }

    private void drain() {
        inbox.drain(handOut -> deliver(handOut.publication(), handOut.targets()));
    }

    private static void deliver(Publication publication, Targets targets) {
        for (Target[] chunk : targets.chunks()) {
            for (Target target : chunk) {
                // No message of its own to a subscription with no local [MQTT-3.8.3-3].
                Target wanted = target.forPublisher(publication.publisherId());
                if (wanted != null && wanted.subscriber() instanceof LaneSubscriber subscriber) {
                    subscriber.deliver(publication, wanted);
                }
            }
        }
    }
}
