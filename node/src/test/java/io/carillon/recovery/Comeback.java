package io.carillon.recovery;

import io.carillon.testing.ConnectRefused;
import io.carillon.testing.RawClient;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** How a client finds its broker again: by trying, one place after the other. */
public final class Comeback {
    private static final int DEADLINE_SECONDS = 90;
    private static final int PAUSE_MILLIS = 20;

    private Comeback() {}

    /**
     * Connects a client, trying again where that may help.
     *
     * @return whether the broker had its session
     */
    public static boolean connect(RawClient client, Place place)
            throws IOException, InterruptedException {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(DEADLINE_SECONDS);
        while (true) {
            try {
                return client.connect(place.next());
            } catch (ConnectRefused e) {
                if (!place.mayRefuse() || System.nanoTime() > until) {
                    throw e;
                }
            } catch (IOException e) {
                if (System.nanoTime() > until) {
                    throw e;
                }
            }
            pause();
        }
    }

    private static void pause() throws InterruptedException {
        // Nobody counts down: this is a pause.
        boolean _ = new CountDownLatch(1).await(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
    }
}
