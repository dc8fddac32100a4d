package io.carillon.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script compares the distribution's broker with Mosquitto, where that is installed. */
final class CompareIT {
    @TempDir Path folder;

    @Test
    void measuresAndLeavesItsResults() throws IOException, InterruptedException {
        boolean mosquitto = Programs.find("mosquitto").isPresent();
        File output = folder.resolve("output.txt").toFile();
        Process compare =
                new ProcessBuilder(
                                Path.of("compare").toAbsolutePath().toString(),
                                "--brokers",
                                mosquitto ? "carillon,mosquitto" : "carillon",
                                "--scenarios",
                                "pairs-q0,fan-out-q0",
                                "--rounds",
                                "1",
                                "--seconds",
                                "1",
                                "--warmup",
                                "1",
                                "--results",
                                folder.resolve("results").toString())
                        .redirectErrorStream(true)
                        .redirectOutput(output)
                        .start();

        assertEquals(0, compare.waitFor(), () -> read(output.toPath()));
        String page = read(folder.resolve("results/comparison.md"));
        assertTrue(page.contains("| carillon "), page);
        assertEquals(mosquitto, page.contains("| mosquitto "), page);
        String json = read(folder.resolve("results/results.json"));
        assertTrue(json.contains("\"load\": \"fan-out-q0\""), json);
        RunReport report = readReport("pairs-q0-carillon-1.json");
        assertTrue(report.number("delivered").orElse(0) > 0, page);
        assertTrue(report.memoryBytes().orElse(0) > 0, page);
        assertTrue(read(folder.resolve("results/comparison.svg")).contains("<polygon"));
        assertTrue(Files.exists(folder.resolve("results/conf/carillon-carillon.yaml")));
    }

    private RunReport readReport(String name) {
        try {
            return RunReport.read(folder.resolve("results/raw").resolve(name));
        } catch (CompareException e) {
            throw new AssertionError(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
