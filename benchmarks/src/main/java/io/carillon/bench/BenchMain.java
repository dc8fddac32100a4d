package io.carillon.bench;

import io.carillon.bench.client.LoadException;
import io.carillon.bench.client.LoadLoops;
import io.carillon.bench.report.Report;
import io.carillon.bench.report.Samples;
import io.carillon.bench.scenario.Interruption;
import io.carillon.bench.scenario.Run;
import io.carillon.bench.scenario.Settings;
import io.carillon.bench.transport.Transport;
import io.carillon.bench.transport.TransportException;
import io.netty.util.internal.logging.InternalLoggerFactory;
import io.netty.util.internal.logging.JdkLoggerFactory;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The program {@code carillon-bench}. */
public final class BenchMain {
    private static final int GOOD = 0;
    private static final int FAULTS = 1;
    private static final int USAGE = 2;
    private static final int REPORT_TIMEOUT_SECONDS = 15;

    private static final Interruption INTERRUPTION = new Interruption();

    private BenchMain() {}

    public static void main(String[] words) {
        // The load must cost less than the broker: no check of what our own few lines do.
        System.setProperty("io.netty.buffer.checkAccessible", "false");
        System.setProperty("io.netty.buffer.checkBounds", "false");
        System.setProperty("io.netty.leakDetection.level", "disabled");
        // The JDK's own logger prints what is worth knowing, on standard error.
        InternalLoggerFactory.setDefaultFactory(JdkLoggerFactory.INSTANCE);
        CountDownLatch reported = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> endEarly(reported), "signal"));
        int status = run(List.of(words));
        reported.countDown();
        System.exit(status);
    }

    /** A run that the user ends still reports what it has measured. */
    private static void endEarly(CountDownLatch reported) {
        INTERRUPTION.interrupt();
        try {
            boolean inTime = reported.await(REPORT_TIMEOUT_SECONDS, TimeUnit.SECONDS);
            if (!inTime) {
                System.err.println("carillon-bench: ended without a report");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    static int run(List<String> words) {
        try {
            if (words.contains("--help")) {
                System.out.print(help(words));
                return GOOD;
            }
            Arguments arguments = Arguments.parse(words);
            ReportFiles files = ReportFiles.of(arguments);
            Report report = measure(arguments);
            System.out.print(report.text());
            files.write(report);
            return report.faults().isEmpty() ? GOOD : FAULTS;
        } catch (UsageException | LoadException | TransportException | IOException e) {
            System.err.println("carillon-bench: " + e.getMessage());
            return USAGE;
        }
    }

    private static String help(List<String> words) throws UsageException {
        return words.getFirst().equals("--help")
                ? Help.general()
                : Help.of(Arguments.parse(words.subList(0, 1)).command());
    }

    private static Report measure(Arguments arguments)
            throws UsageException, LoadException, TransportException, IOException {
        Settings settings = SettingsReader.read(arguments);
        String name = Long.toString(System.currentTimeMillis(), Character.MAX_RADIX);
        Transport transport = Transport.of(settings.transport());
        try (LoadLoops loops = new LoadLoops(settings.threads(), transport)) {
            Samples samples = new Samples();
            Report report =
                    arguments
                            .command()
                            .scenario()
                            .run(new Run(settings, loops, INTERRUPTION, samples, name));
            return report.samples(samples.all());
        }
    }
}
