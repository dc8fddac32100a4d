package io.carillon.recovery;

import io.carillon.testing.BrokerProcess;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A broker that is killed again and again at random moments, in the middle of traffic or while it
 * starts, keeps every promise it gave by an acknowledgement. {@code -Dcarillon.kill.seed} repeats
 * the choices of a run; {@code -Dcarillon.kill.most} and {@code -Dcarillon.kill.seconds} make it
 * longer.
 */
final class KillNineIT {
    private static final int KILLS_MIN = 3;
    private static final int KILLS_MAX = Integer.getInteger("carillon.kill.most", 20);
    private static final int SECONDS = Integer.getInteger("carillon.kill.seconds", 45);

    /** The most acknowledgements between two kills. */
    private static final double ROUND_MAX = 1_500;

    @TempDir Path folder;

    /**
     * Sends again what is unacknowledged, in order, and delivers QoS 2 once.
     *
     * <p>[MQTT-4.1.0-1] [MQTT-4.1.0-2] [MQTT-4.3.3-1] [MQTT-4.4.0-1] [MQTT-4.6.0-1] [MQTT3-4.1.0-1]
     * [MQTT3-4.1.0-2] [MQTT3-4.3.3-1] [MQTT3-4.4.0-1] [MQTT3-4.6.0-1]
     */
    @Test
    void nothingAcknowledgedIsLostAndQos2ComesOnce() throws Exception {
        long seed = Long.getLong("carillon.kill.seed", System.nanoTime());
        System.out.println("KillNineIT: -Dcarillon.kill.seed=" + seed);
        BrokerProcess broker = BrokerProcess.start(folder.resolve("data"));
        int kills = 0;
        try {
            BrokerPlace place = new BrokerPlace();
            place.up(broker.address());
            Traffic traffic = new Traffic(place, Traffic.UNLIMITED);
            traffic.begin();
            Random random = new Random(seed);
            long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
            while (kills < KILLS_MAX && (kills < KILLS_MIN || System.nanoTime() < until)) {
                // Evenly over orders of magnitude: moments soon after the start are the rarer ones.
                traffic.awaitAcknowledgements((int) Math.pow(ROUND_MAX, random.nextDouble()));
                place.down();
                broker.kill9();
                broker = broker.relaunch();
                kills++;
                if (random.nextInt(4) == 0) {
                    broker.awaitFirstLine();
                    broker.kill9();
                    broker = broker.relaunch();
                    kills++;
                }
                broker.awaitReady();
                traffic.checkRetained(broker.address());
                place.up(broker.address());
            }
            traffic.end();
            System.out.println("KillNineIT: %d kills, %s".formatted(kills, traffic));
            traffic.check();
        } catch (Throwable e) {
            System.err.println("The broker printed last:\n" + broker.output());
            throw new AssertionError("seed " + seed + ", after " + kills + " kills", e);
        } finally {
            broker.close();
        }
    }
}
