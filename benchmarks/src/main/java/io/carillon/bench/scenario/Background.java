package io.carillon.bench.scenario;

import io.carillon.bench.client.Idler;
import io.carillon.bench.client.LoadException;
import io.carillon.bench.client.RetainedPublisher;
import io.carillon.bench.report.Report;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What goes on beside the traffic, at a leisurely pace and on a thread of its own: clients connect
 * and leave, one after the other, and retained messages are set again and again.
 */
final class Background {
    private static final int EVERY_MILLIS = 20;
    private static final int ROUNDS_PER_SECOND = 1_000 / EVERY_MILLIS;

    /** Set each second, all of them. */
    private static final int RETAINED = 100;

    private static final int RETAINED_WINDOW = 1;
    private static final int RETAINED_QOS = 1;
    private static final int CLEAR_TIMEOUT_SECONDS = 5;

    private final Run run;
    private final RetainedPublisher setter;
    private final Interruption end = new Interruption();
    private final Thread thread = new Thread(this::work, "background");
    private long connects;
    private long failures;
    private long retained;

    /** What is to go on beside that run; rests before {@link #start}. */
    Background(Run run) {
        this.run = run;
        this.setter =
                new RetainedPublisher(
                        run.loops().loop(0),
                        run.transientClient("retained", 0),
                        0,
                        run.topic("retained/"),
                        RETAINED_QOS,
                        run.settings().payloadBytes(),
                        RETAINED_WINDOW);
    }

    /**
     * Connects the client that sets retained messages, and begins.
     *
     * @throws LoadException if it cannot connect
     */
    void start() throws LoadException {
        run.connect(List.of(setter));
        thread.start();
    }

    /** Returns when the last client has left and the retained messages are cleared. */
    void stop() {
        end.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        awaitSetter();
        onSetter(() -> setter.clear(RETAINED));
        awaitSetter();
        run.disconnect(List.of(setter));
    }

    /** Adds what has gone on; to be called after {@link #stop}. */
    void report(Report report) {
        report.add("connects", "clients that came and went", connects)
                .add("retained", "retained messages set", retained);
        if (failures > 0) {
            report.fault(failures + " clients could not connect");
        }
    }

    private void work() {
        for (int round = 0; !end.await(EVERY_MILLIS); round++) {
            comeAndGo(round);
            if (round % ROUNDS_PER_SECOND == 0 && setterIsDone()) {
                retained += RETAINED;
                onSetter(() -> setter.set(RETAINED));
            }
        }
    }

    private void comeAndGo(int number) {
        List<Idler> one =
                List.of(new Idler(run.loops().loop(number), run.transientClient("c", number)));
        try {
            run.connect(one);
            run.disconnect(one);
            connects++;
        } catch (LoadException e) {
            failures++;
        }
    }

    private void awaitSetter() {
        for (int i = 0; i < CLEAR_TIMEOUT_SECONDS * ROUNDS_PER_SECOND && !setterIsDone(); i++) {
            run.interruption().await(EVERY_MILLIS);
        }
    }

    private boolean setterIsDone() {
        AtomicBoolean done = new AtomicBoolean();
        onSetter(() -> done.set(setter.finished()));
        return done.get();
    }

    private void onSetter(Runnable action) {
        run.loops()
                .onEach(
                        loop -> {
                            if (loop == setter.loop()) {
                                action.run();
                            }
                        });
    }
}
