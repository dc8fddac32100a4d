package io.carillon.bench.scenario;

import io.carillon.bench.report.Sample;
import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Lets time pass, looks after the traffic, and prints a line each second on standard error:
 * standard output is the report's.
 */
final class Progress {
    /** Without any delivery for so long, what has not come will not come. */
    private static final int QUIET_SECONDS = 5;

    /** Less is no sample: the kernel counts CPU time in steps of 10 ms. */
    private static final long REST_LEAST_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private static final int LOOK_EVERY_MILLIS = 20;
    private static final int LOOKS_PER_SECOND = 1_000 / LOOK_EVERY_MILLIS;

    private final Run run;
    private final Traffic traffic;
    private Measurement last;

    Progress(Run run, Traffic traffic) throws IOException {
        this.run = run;
        this.traffic = traffic;
        this.last = Measurement.now(run);
    }

    /** Waits so long, or until the run is interrupted. */
    void seconds(String phase, int seconds) throws IOException {
        for (int i = 0; i < seconds && !run.interruption().interrupted(); i++) {
            run.interruption().await(1_000);
            second(phase);
        }
    }

    /** Waits until everything is sent and acknowledged, or nothing moves any more. */
    void untilSent(String phase) throws IOException {
        until(phase, traffic::sent);
    }

    /** Waits until everything is sent and delivered, or nothing moves any more. */
    void untilQuiet(String phase) throws IOException {
        until(phase, () -> traffic.sent() && traffic.losses().lost() == 0);
    }

    private void until(String phase, BooleanSupplier done) throws IOException {
        long moved = -1;
        int quietLooks = 0;
        int looks = 0;
        while (!done.getAsBoolean() && quietLooks < QUIET_SECONDS * LOOKS_PER_SECOND) {
            if (run.interruption().await(LOOK_EVERY_MILLIS)) {
                return;
            }
            long now = run.loops().tally().moves();
            quietLooks = now == moved ? quietLooks + 1 : 0;
            moved = now;
            if (++looks % LOOKS_PER_SECOND == 0) {
                second(phase);
            }
        }
        rest(phase);
    }

    private void second(String phase) throws IOException {
        traffic.tick();
        print(sample(phase, Measurement.now(run)));
    }

    /** What is left of a phase that ended within a second: too short to be printed. */
    private void rest(String phase) throws IOException {
        Measurement now = Measurement.now(run);
        if (now.nanos() - last.nanos() > REST_LEAST_NANOS) {
            var _ = sample(phase, now);
        }
    }

    private Sample sample(String phase, Measurement now) {
        Sample sample = now.sample(phase, run.samples().second(now.nanos()), last);
        last = now;
        run.samples().add(sample);
        return sample;
    }

    private void print(Sample sample) {
        StringBuilder line = new StringBuilder();
        line.append(
                String.format(
                        Locale.ROOT,
                        "%4.0f s  %-8s sent %,9.0f/s  acknowledged %,9.0f/s  delivered %,9.0f/s",
                        sample.atSecond(),
                        sample.phase(),
                        sample.sentPerSecond(),
                        sample.acknowledgedPerSecond(),
                        sample.deliveredPerSecond()));
        if (!run.settings().brokerPids().isEmpty()) {
            line.append(
                    String.format(
                            Locale.ROOT,
                            "  broker %.2f cores, %,d MiB",
                            sample.brokerCores(),
                            sample.brokerResidentBytes() >> 20));
        }
        System.err.println(line);
    }
}
