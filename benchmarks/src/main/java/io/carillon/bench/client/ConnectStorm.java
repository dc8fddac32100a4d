package io.carillon.bench.client;

import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Connects one client after the other on a loop, so many at a time; the oldest are closed when more
 * than some are open. Times how long each takes to its CONNACK. Runs on its loop's thread.
 */
public final class ConnectStorm {
    /** A broker that refuses is not asked again at once. */
    private static final long AFTER_FAILURE_MILLIS = 100;

    private final LoadLoop loop;
    private final Supplier<Client> dialling;
    private final int connectingMax;
    private final int keep;
    private final ArrayDeque<Client> kept = new ArrayDeque<>();
    private int connecting;
    private long connected;
    private long failed;
    private boolean stopped;

    /**
     * A storm that rests before {@link #start}.
     *
     * @param dialling makes a client of that loop and begins to connect it
     * @param connectingMax connections on their way to CONNACK at a time
     * @param keep how many stay open
     */
    public ConnectStorm(LoadLoop loop, Supplier<Client> dialling, int connectingMax, int keep) {
        this.loop = loop;
        this.dialling = dialling;
        this.connectingMax = connectingMax;
        this.keep = keep;
    }

    public LoadLoop loop() {
        return loop;
    }

    public void start() {
        for (int i = 0; i < connectingMax; i++) {
            next();
        }
    }

    /** Begins nothing new; what is on its way may end. */
    public void stop() {
        stopped = true;
    }

    /** Closes the connections that are kept open. */
    public void closeKept() {
        kept.forEach(Client::disconnect);
        kept.clear();
    }

    /** Connections that wait for their CONNACK. */
    public int connecting() {
        return connecting;
    }

    /** Connections that the broker took so far. */
    public long connected() {
        return connected;
    }

    /** Connections that did not come about. */
    public long failed() {
        return failed;
    }

    private void next() {
        if (stopped) {
            return;
        }
        connecting++;
        long beganNanos = System.nanoTime();
        Client client = dialling.get();
        var _ =
                client.ready()
                        .whenComplete(
                                (_, failure) -> {
                                    connecting--;
                                    if (failure == null) {
                                        took(client, System.nanoTime() - beganNanos);
                                    } else {
                                        refused();
                                    }
                                });
    }

    private void took(Client client, long nanos) {
        connected++;
        loop.latency().record(nanos);
        kept.add(client);
        if (kept.size() > keep) {
            kept.remove().disconnect();
        }
        next();
    }

    private void refused() {
        failed++;
        var _ = loop.events().schedule(this::next, AFTER_FAILURE_MILLIS, TimeUnit.MILLISECONDS);
    }
}
