package io.carillon.node;

import io.carillon.mqtt.packet.ReasonCode;
import io.carillon.net.ConnectionFactory;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.Future;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends all clients away when the node stops: a part of them every tenth of a second, so that they
 * do not all come to another node at once, and fast enough to be through in half of the time for
 * stopping.
 */
final class Departure implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Departure.class);
    private static final long STEP_MILLIS = 100;
    private static final int STEP_CONNECTIONS_MIN = 500;

    private final ConnectionFactory connections;
    private final EventLoopGroup loops;
    private final long stepsMax;

    /**
     * A departure that is yet to begin.
     *
     * @param timeoutMillis half of it is for telling clients; what is left then is cut off
     */
    Departure(ConnectionFactory connections, EventLoopGroup loops, long timeoutMillis) {
        this.connections = connections;
        this.loops = loops;
        this.stepsMax = Math.max(1, timeoutMillis / 2 / STEP_MILLIS);
    }

    /** Returns once all clients are gone, or half of the time is over. */
    @Override
    public void close() {
        int clients = connections.openConnections();
        if (clients == 0) {
            return;
        }
        int atOnce = Math.max(STEP_CONNECTIONS_MIN, Math.ceilDiv(clients, (int) stepsMax));
        LOG.info("sending {} clients away, {} each {} ms", clients, atOnce, STEP_MILLIS);
        CountDownLatch gone = new CountDownLatch(1);
        Future<?> steps =
                loops.scheduleAtFixedRate(
                        () -> step(atOnce, gone), 0, STEP_MILLIS, TimeUnit.MILLISECONDS);
        try {
            if (!gone.await(stepsMax * STEP_MILLIS, TimeUnit.MILLISECONDS)) {
                LOG.warn("{} clients did not go in time", connections.openConnections());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        steps.cancel(false);
    }

    private void step(int atOnce, CountDownLatch gone) {
        if (connections.openConnections() == 0) {
            gone.countDown();
        } else {
            connections.close(
                    atOnce, ReasonCode.SERVER_SHUTTING_DOWN, "the broker is shutting down");
        }
    }
}
