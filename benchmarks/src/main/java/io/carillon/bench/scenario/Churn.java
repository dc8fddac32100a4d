package io.carillon.bench.scenario;

import io.carillon.bench.client.Idler;
import io.carillon.bench.client.LoadException;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Clients that connect one after the other, at a leisurely pace, and leave again. Any thread. */
final class Churn {
    private static final int EVERY_MILLIS = 20;

    private final Run run;
    private final Interruption end = new Interruption();
    private final AtomicLong connects = new AtomicLong();
    private final AtomicLong failures = new AtomicLong();
    private final Thread thread = new Thread(this::comeAndGo, "churn");

    Churn(Run run) {
        this.run = run;
    }

    void start() {
        thread.start();
    }

    /** Returns when the last one has left. */
    void stop() {
        end.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    long connects() {
        return connects.get();
    }

    long failures() {
        return failures.get();
    }

    private void comeAndGo() {
        for (int i = 0; !end.await(EVERY_MILLIS); i++) {
            List<Idler> one = List.of(new Idler(run.loops().loop(i), run.transientClient("c", i)));
            try {
                run.connect(one);
                run.disconnect(one);
                connects.incrementAndGet();
            } catch (LoadException e) {
                failures.incrementAndGet();
            }
        }
    }
}
