package io.carillon.jmh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.BenchmarkListEntry;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormat;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Each benchmark runs, once, and its result gets a line in the table. */
class SubjectsTest {
    private static Collection<RunResult> results;

    @TempDir private Path folder;

    @BeforeAll
    static void runAll() throws RunnerException {
        var once =
                new OptionsBuilder()
                        .mode(Mode.SingleShotTime)
                        .forks(0)
                        .warmupIterations(0)
                        .measurementIterations(1)
                        .timeUnit(TimeUnit.NANOSECONDS)
                        .addProfiler(GCProfiler.class)
                        .shouldFailOnError(true)
                        .verbosity(VerboseMode.SILENT)
                        .param("filters", "1000")
                        .param("payloadBytes", "64")
                        .param("messages", "32")
                        .param("inFlight", "32")
                        .param("receivers", "10")
                        .build();
        results = new Runner(once).run();
    }

    @Test
    void everyBenchmarkRuns() {
        OutputFormat quiet =
                OutputFormatFactory.createFormatInstance(System.out, VerboseMode.SILENT);
        var known =
                BenchmarkList.defaultList().getAll(quiet, List.of()).stream()
                        .map(BenchmarkListEntry::getUsername)
                        .collect(Collectors.toCollection(TreeSet::new));
        var ran =
                results.stream()
                        .map(result -> result.getParams().getBenchmark())
                        .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(known, ran);
    }

    @Test
    void aResultIsALineOfTheTable() throws Exception {
        Path file = folder.resolve("new/table.md");
        ResultTable.of(results, List.of("--table", file.toString())).write(file);
        String table = Files.readString(file);
        assertTrue(table.contains("--table " + file), table);
        for (RunResult result : results) {
            String name = result.getParams().getBenchmark().replaceFirst(".*\\.([^.]*\\.)", "$1");
            assertTrue(table.contains("| " + name + " | "), name + " in " + table);
        }
        assertFalse(table.contains("NaN"), table);
    }

    @Test
    void whatIsNotSaidIsOurs() throws Exception {
        var options = JmhMain.withDefaults(new CommandLineOptions("-f", "3", "TopicMatch"));
        assertEquals(3, options.getForkCount().get());
        assertEquals(List.of("TopicMatch"), options.getIncludes());
        assertEquals(TimeUnit.NANOSECONDS, options.getTimeUnit().get());
        assertEquals(
                GCProfiler.class.getCanonicalName(),
                options.getProfilers().iterator().next().getKlass());
        var cpu = JmhMain.withDefaults(new CommandLineOptions("-prof", "stack", "-bm", "thrpt"));
        assertEquals("stack", cpu.getProfilers().iterator().next().getKlass());
        assertEquals(List.of(Mode.Throughput), List.copyOf(cpu.getBenchModes()));
    }
}
