package io.carillon.bench.scenario;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The user's wish to end a run early. Any thread. */
public final class Interruption {
    private final CountDownLatch latch = new CountDownLatch(1);

    public void interrupt() {
        latch.countDown();
    }

    public boolean interrupted() {
        return latch.getCount() == 0;
    }

    /** Waits so long, or until the run is interrupted: then it is true. */
    public boolean await(long millis) {
        try {
            return latch.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }
}
