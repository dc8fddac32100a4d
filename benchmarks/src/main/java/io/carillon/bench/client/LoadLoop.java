package io.carillon.bench.client;

import io.carillon.bench.report.Counters;
import io.carillon.bench.report.Latency;
import io.netty.channel.EventLoop;
import java.util.ArrayDeque;

/**
 * An event loop with what its clients share: counters, latencies, and the list of those that want
 * to write. Whatever a client has to write goes out once, when all sockets that were ready have
 * been read. Only its own thread may use it, but for {@link #events}.
 */
public final class LoadLoop {
    private final EventLoop events;
    private final Counters counters = new Counters();
    private final LoopBuffer reads = new LoopBuffer();
    private final Latency latency = new Latency();
    private final Latency lateness = new Latency();
    private final ArrayDeque<Client> touched = new ArrayDeque<>();
    private boolean turnEnds;
    private long turnNanos = System.nanoTime();

    LoadLoop(EventLoop events) {
        this.events = events;
    }

    /** Any thread. */
    public EventLoop events() {
        return events;
    }

    /** What its sockets are read into. */
    LoopBuffer reads() {
        return reads;
    }

    public Counters counters() {
        return counters;
    }

    public Latency latency() {
        return latency;
    }

    /** How long after its schedule each message left. */
    public Latency lateness() {
        return lateness;
    }

    /** Forgets what was timed so far. */
    public void clearTimes() {
        latency.clear();
        lateness.clear();
    }

    /** When the clients last began to write: the time that messages of this turn carry. */
    long turnNanos() {
        return turnNanos;
    }

    /** Has {@link Client#endTurn} called once, after the sockets that are ready now. */
    void touch(Client client) {
        if (client.touched) {
            return;
        }
        client.touched = true;
        touched.add(client);
        if (!turnEnds) {
            turnEnds = true;
            // Netty runs tasks after it has read from all ready sockets.
            events.execute(this::endTurn);
        }
    }

    private void endTurn() {
        turnEnds = false;
        turnNanos = System.nanoTime();
        for (Client client = touched.poll(); client != null; client = touched.poll()) {
            client.touched = false;
            try {
                client.endTurn();
            } catch (RuntimeException e) {
                client.fail(e.toString());
            }
        }
    }
}
