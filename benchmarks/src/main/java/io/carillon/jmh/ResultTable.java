package io.carillon.jmh;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;

/**
 * The results as a page of Markdown, all per operation: processor time, time by the clock with the
 * half of its 99.9 % interval, and bytes allocated.
 */
record ResultTable(List<String> lines) {
    private static final String ALLOCATED = "gc.alloc.rate.norm";

    /** The page of a run that was started with these arguments. */
    static ResultTable of(Collection<RunResult> results, List<String> args) {
        List<String> lines = results.stream().map(ResultTable::line).collect(Collectors.toList());
        lines.addAll(
                0,
                List.of(
                        "# Single operations",
                        "",
                        "Java "
                                + Runtime.version()
                                + ", "
                                + Runtime.getRuntime().availableProcessors()
                                + " processors, "
                                + LocalDate.now(ZoneOffset.UTC)
                                + ". Repeat it with `carillon-jmh "
                                + String.join(" ", args)
                                + "`.",
                        "",
                        "| Operation | Parameters | CPU, ns/op | Time | ± | Allocated, B/op |",
                        "|---|---|--:|--:|--:|--:|"));
        return new ResultTable(List.copyOf(lines));
    }

    /** Writes the page; makes its folder where there is none. */
    void write(Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        Files.write(file, lines);
    }

    private static String line(RunResult result) {
        BenchmarkParams params = result.getParams();
        String[] path = params.getBenchmark().split("\\.");
        Result<?> time = result.getPrimaryResult();
        return "| %s.%s | %s | %s | %s %s | %s | %s |"
                .formatted(
                        path[path.length - 2],
                        path[path.length - 1],
                        params.getParamsKeys().stream()
                                .map(key -> key + " " + params.getParam(key))
                                .collect(Collectors.joining(", ")),
                        extra(result, CpuTime.NAME),
                        number(time.getScore()),
                        time.getScoreUnit(),
                        number(time.getScoreError()),
                        extra(result, ALLOCATED));
    }

    /** What a profiler found; nothing where it did not run. */
    private static String extra(RunResult result, String name) {
        Result<?> found = result.getSecondaryResults().get(name);
        return found == null ? "" : number(found.getScore());
    }

    /** Three digits at least where there are that many: more would be noise. */
    private static String number(double value) {
        if (Double.isNaN(value)) {
            return "";
        }
        return String.format(Locale.ROOT, Math.abs(value) < 100 ? "%.1f" : "%,.0f", value);
    }
}
