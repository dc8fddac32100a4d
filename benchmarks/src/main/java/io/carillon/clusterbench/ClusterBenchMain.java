package io.carillon.clusterbench;

import io.carillon.bench.report.Machine;
import io.carillon.compare.CompareException;
import io.carillon.compare.Project;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The program {@code cluster}. */
public final class ClusterBenchMain {
    private static final int GOOD = 0;
    private static final int FAILED = 2;
    private static final Set<String> PARTS =
            Set.of("form", "cross", "durable", "moments", "failover", "drain", "routes");
    private static final String HELP =
            """
            cluster [--quick] [--only PARTS] [--results FILE]

            Starts three nodes on this machine and measures what being three costs; prints tables.
              --quick         fewer rounds and shorter loads: a first look
              --only PARTS    some of these, by commas: form, cross, durable, moments, failover,
                              drain, routes
              --results FILE  writes the tables there too
            """;

    /** The folder {@code benchmarks} of the project, told by the script that starts this. */
    private static final String FOLDER = "carillon.benchmarks";

    private final Project project;
    private final Page page = new Page();
    private final Moments moments;
    private final Loads loads;
    private final boolean quick;

    private ClusterBenchMain(Project project, boolean quick) {
        this.project = project;
        this.quick = quick;
        this.moments = new Moments(project, page);
        this.loads = new Loads(project, page, quick ? 5 : 20);
    }

    public static void main(String[] words) throws InterruptedException {
        System.exit(run(new ArrayList<>(List.of(words))));
    }

    private static int run(List<String> words) throws InterruptedException {
        if (words.contains("--help")) {
            System.out.print(HELP);
            return GOOD;
        }
        try {
            boolean quick = words.remove("--quick");
            String only = option(words, "--only", String.join(",", PARTS));
            String results = option(words, "--results", "");
            Set<String> parts = Set.of(only.split(","));
            if (!words.isEmpty() || !PARTS.containsAll(parts)) {
                throw new CompareException("unknown: " + (words.isEmpty() ? only : words));
            }
            Project project = Project.of(Path.of(System.getProperty(FOLDER, "benchmarks")));
            Files.createDirectories(project.work());
            ClusterBenchMain bench = new ClusterBenchMain(project, quick);
            String text;
            try {
                bench.measure(parts);
            } finally {
                // What was measured before a failure counts too.
                text = bench.page.text(about());
                System.out.print(text);
            }
            if (!results.isEmpty()) {
                Files.writeString(Path.of(results), text);
            }
            return GOOD;
        } catch (CompareException | IOException e) {
            System.err.println("cluster: " + e.getMessage());
            return FAILED;
        }
    }

    private static String option(List<String> words, String name, String otherwise)
            throws CompareException {
        int at = words.indexOf(name);
        if (at < 0) {
            return otherwise;
        }
        if (at + 1 == words.size()) {
            throw new CompareException(name + " takes a value; --help tells which");
        }
        words.remove(at);
        return words.remove(at);
    }

    private static String about() {
        Machine machine = Machine.here();
        return """

                %s, %d cores of %s, %s, %s. All nodes and the load generator run on this machine,
                over loopback.
                """
                .formatted(
                        Instant.now().truncatedTo(ChronoUnit.SECONDS),
                        machine.cores(),
                        machine.processor(),
                        machine.kernel(),
                        machine.jdk());
    }

    private void measure(Set<String> parts)
            throws CompareException, IOException, InterruptedException {
        if (parts.contains("form")) {
            moments.form(quick ? 2 : 5);
        }
        if (parts.contains("cross")) {
            cross();
        }
        if (parts.contains("durable")) {
            for (String fsync : List.of("always", "os")) {
                durable("one node, fsync " + fsync, 1, fsync, 1);
                durable("three nodes, 1 replica, fsync " + fsync, 3, fsync, 1);
                durable("three nodes, 3 replicas, fsync " + fsync, 3, fsync, 3);
            }
        }
        if (parts.contains("moments")) {
            try (Nodes one = Nodes.start(project, 1)) {
                one("one node", one);
            }
        }
        if (parts.contains("routes")) {
            int filters = quick ? 100_000 : 1_000_000;
            try (Nodes one = Nodes.start(project, 1)) {
                loads.routes(one, "one node", filters);
            }
            try (Nodes three = Nodes.start(project, 3)) {
                loads.routes(three, "three nodes", filters);
            }
        }
        if (parts.contains("moments") || parts.contains("failover") || parts.contains("drain")) {
            three(parts);
        }
    }

    /** The same traffic on one node, on three with each pair at one of them, and across them. */
    private void cross() throws CompareException, InterruptedException {
        try (Nodes one = Nodes.start(project, 1)) {
            for (int qos = 0; qos <= 2; qos++) {
                loads.pairs(one, "one node", qos, false);
                loads.latency(one, "one node", qos, false);
            }
        }
        try (Nodes three = Nodes.start(project, 3)) {
            for (int qos = 0; qos <= 2; qos++) {
                loads.pairs(three, "three nodes, each pair at one", qos, false);
                loads.pairs(three, "three nodes, each pair across", qos, true);
                loads.latency(three, "three nodes, each pair across", qos, true);
            }
        }
    }

    private void durable(String where, int count, String fsync, int replicas)
            throws CompareException, InterruptedException {
        List<String> settings = new ArrayList<>(List.of("storage.fsync=" + fsync));
        if (count > 1) {
            settings.add("cluster.replicas=" + replicas);
        }
        try (Nodes nodes = Nodes.start(project, count, settings.toArray(String[]::new))) {
            for (int qos = 1; qos <= 2; qos++) {
                loads.durable(nodes, where, qos, quick ? 1_000 : 10_000);
                loads.durableSingle(nodes, where, qos, quick ? 200 : 2_000);
            }
        }
    }

    private void one(String where, Nodes nodes) throws IOException {
        page.note(
                "idle memory of a node, %s: %,d MiB"
                        .formatted(
                                where, (nodes.usage().residentBytes() / nodes.all().size()) >> 20));
        moments.takeover(nodes, where, quick ? 300 : 3_000);
        moments.subscribe(nodes, where, quick ? 200 : 1_000);
    }

    private void three(Set<String> parts)
            throws CompareException, IOException, InterruptedException {
        try (Nodes nodes = Nodes.start(project, 3)) {
            if (parts.contains("moments")) {
                one("three nodes", nodes);
            }
            if (parts.contains("drain")) {
                moments.drain(nodes, quick ? 1_000 : 10_000);
            }
            if (parts.contains("failover")) {
                moments.failover(nodes, quick ? 3 : 20);
            }
        }
    }
}
