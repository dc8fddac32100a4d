package io.carillon.jmh;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * The program {@code carillon-jmh}: JMH with defaults of its own (one fork, nanoseconds of the
 * clock and of the processor and bytes allocated per operation), and {@code --table FILE} beside
 * JMH's options. Exits with 2 where the command line is wrong and with 1 where a benchmark failed.
 */
public final class JmhMain {
    private static final String TABLE = "--table";
    private static final int WARMUPS = 3;
    private static final int ITERATIONS = 5;

    private JmhMain() {}

    public static void main(String[] args) throws IOException {
        System.exit(run(args));
    }

    private static int run(String[] args) throws IOException {
        List<String> forJmh = new ArrayList<>(List.of(args));
        try {
            Path table = table(forJmh);
            CommandLineOptions given = new CommandLineOptions(forJmh.toArray(String[]::new));
            if (asksOnly(given)) {
                org.openjdk.jmh.Main.main(forJmh.toArray(String[]::new));
                return 0;
            }
            Collection<RunResult> results = new Runner(withDefaults(given)).run();
            if (table != null) {
                ResultTable.of(results, List.of(args)).write(table);
                System.out.println("The table is in " + table);
            }
            return 0;
        } catch (CommandLineOptionException e) {
            System.err.println("carillon-jmh: " + e.getMessage() + "; -h lists the options");
            return 2;
        } catch (RunnerException | UncheckedIOException e) {
            System.err.println("carillon-jmh: " + e.getMessage());
            return 1;
        }
    }

    /** Takes our own option out of the arguments; null if it is not there. */
    private static @Nullable Path table(List<String> args) throws CommandLineOptionException {
        int at = args.indexOf(TABLE);
        if (at < 0) {
            return null;
        }
        if (at + 1 == args.size()) {
            throw new CommandLineOptionException(TABLE + " wants a file");
        }
        args.remove(at);
        return Path.of(args.remove(at));
    }

    private static boolean asksOnly(CommandLineOptions given) {
        return given.shouldHelp()
                || given.shouldList()
                || given.shouldListWithParams()
                || given.shouldListProfilers()
                || given.shouldListResultFormats();
    }

    /** What is not said on the command line is ours to say. */
    static Options withDefaults(CommandLineOptions given) {
        ChainedOptionsBuilder options = new OptionsBuilder().parent(given);
        if (given.getProfilers().isEmpty()) {
            options.addProfiler(GCProfiler.class).addProfiler(CpuTime.class);
        }
        if (given.getBenchModes().isEmpty()) {
            options.mode(Mode.AverageTime);
        }
        return options.timeUnit(given.getTimeUnit().orElse(TimeUnit.NANOSECONDS))
                .forks(given.getForkCount().orElse(1))
                .warmupIterations(given.getWarmupIterations().orElse(WARMUPS))
                .warmupTime(given.getWarmupTime().orElse(TimeValue.seconds(1)))
                .measurementIterations(given.getMeasurementIterations().orElse(ITERATIONS))
                .measurementTime(given.getMeasurementTime().orElse(TimeValue.seconds(1)))
                .shouldFailOnError(given.shouldFailOnError().orElse(true))
                .build();
    }
}
