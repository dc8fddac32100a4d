package io.carillon.conformance;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Fails when {@code CONFORMANCE.md} is stale or a citation names no statement; with {@code
 * -Dconformance.write=true} writes the page.
 */
class ConformanceTest {
    private static final String COMMAND =
            "mvn -q test -pl node -am -Dtest=ConformanceTest -Dconformance.write=true"
                    + " -Dsurefire.failIfNoSpecifiedTests=false";

    private final Path node = nodeDirectory();
    private final ConformancePage page = page(node);

    @Test
    void everyCitationNamesAStatement() {
        List<Citation> unknown = page.unknown();
        if (!unknown.isEmpty()) {
            fail(
                    "No such statement in the standards (write [MQTT-3.1.4-3] for MQTT 5.0,"
                            + " [MQTT3-3.1.4-5] for MQTT 3.1.1):\n"
                            + unknown.stream()
                                    .map(c -> "  " + c.id() + " in " + c.file() + " " + c.place())
                                    .distinct()
                                    .collect(joining("\n")));
        }
    }

    @Test
    void thePageIsUpToDate() throws IOException {
        Path file = node.resolve("CONFORMANCE.md");
        String fresh = page.render();
        if (Boolean.getBoolean("conformance.write")) {
            Files.writeString(file, fresh);
            return;
        }
        String onDisk = Files.exists(file) ? Files.readString(file) : "";
        if (!onDisk.equals(fresh)) {
            fail(
                    "node/CONFORMANCE.md is stale; the sources give\n  %s\nMake it again with\n  %s"
                            .formatted(firstDifference(onDisk, fresh), COMMAND));
        }
    }

    private static ConformancePage page(Path node) {
        List<Statement> statements =
                Arrays.stream(Standard.values())
                        .flatMap(standard -> Catalogue.read(standard).stream())
                        .toList();
        Citations citations = new Citations(node);
        return new ConformancePage(statements, citations.inCode(), citations.inTests());
    }

    private static String firstDifference(String onDisk, String fresh) {
        List<String> old = onDisk.lines().toList();
        List<String> now = fresh.lines().toList();
        for (int i = 0; i < now.size(); i++) {
            if (i >= old.size() || !now.get(i).equals(old.get(i))) {
                return now.get(i);
            }
        }
        return "fewer lines than are there";
    }

    /**
     * Surefire says where the module is; an editor may run in the module or in the whole project.
     */
    private static Path nodeDirectory() {
        Path base = Path.of(System.getProperty("basedir", "")).toAbsolutePath();
        return Files.isDirectory(base.resolve("src/test/resources/conformance"))
                ? base
                : base.resolve("node");
    }
}
