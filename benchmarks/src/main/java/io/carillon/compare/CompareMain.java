package io.carillon.compare;

import io.carillon.bench.report.Machine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The program {@code compare}. */
public final class CompareMain {
    private static final int GOOD = 0;
    private static final int FAULTS = 1;
    private static final int FAILED = 2;

    /** The folder {@code benchmarks} of the project, told by the script that starts this. */
    private static final String FOLDER = "carillon.benchmarks";

    private CompareMain() {}

    public static void main(String[] words) throws InterruptedException {
        System.exit(run(List.of(words)));
    }

    static int run(List<String> words) throws InterruptedException {
        try {
            if (words.contains("--help")) {
                System.out.print(Options.HELP);
                return GOOD;
            }
            if (words.contains("--list")) {
                System.out.print(LoadCases.list(LoadCases.all(Options.parse(List.of()))));
                return GOOD;
            }
            Options options = Options.parse(words);
            return compare(options, Project.of(Path.of(System.getProperty(FOLDER, "benchmarks"))));
        } catch (CompareException | IOException e) {
            System.err.println("compare: " + e.getMessage());
            return FAILED;
        }
    }

    private static int compare(Options options, Project project)
            throws CompareException, IOException, InterruptedException {
        List<LoadCase> loads = LoadCases.of(options);
        String began = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
        Files.createDirectories(project.work());
        @Nullable Path folder = options.results();
        ResultFiles files = ResultFiles.make(folder == null ? project.results() : folder);
        Recipes recipes = new Recipes(project, options);
        List<Broker> brokers = recipes.brokers();
        recipes.missing()
                .forEach((name, why) -> System.err.println("without " + name + ": " + why));
        for (Broker broker : brokers) {
            files.keepConfiguration(broker);
        }
        Generator generator =
                new Generator(
                        project.generator(), project.work(), options.seconds(), options.warmup());
        Results results = measure(options, brokers, generator, files, loads);
        ComparisonPage page =
                new ComparisonPage(
                        options,
                        began,
                        Machine.here(),
                        brokers,
                        recipes.missing(),
                        results,
                        new ComparisonTables(results, loads));
        files.write(page, loads);
        System.out.print(page.text());
        return results.carillonFailed() ? FAULTS : GOOD;
    }

    private static Results measure(
            Options options,
            List<Broker> brokers,
            Generator generator,
            ResultFiles files,
            List<LoadCase> loads)
            throws InterruptedException {
        try (Fleet fleet = new Fleet(brokers)) {
            // Ctrl-C leaves no broker behind.
            Thread end = new Thread(fleet::close, "end");
            Runtime.getRuntime().addShutdownHook(end);
            return new Comparison(fleet, options.given(), generator, files.raw())
                    .run(loads, options.rounds());
        }
    }
}
