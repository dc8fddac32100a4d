package io.carillon.compare;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Other programs on this machine. */
final class Programs {
    private Programs() {}

    /** A program on the PATH, or where Debian puts servers. */
    static Optional<Path> find(String name) {
        String path = System.getenv().getOrDefault("PATH", "") + ":/usr/sbin:/usr/local/sbin";
        return Stream.of(path.split(":"))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /**
     * What a program prints.
     *
     * @throws CompareException if it fails or takes longer; the message shows what it printed
     */
    static String output(Path folder, int timeoutSeconds, List<String> command)
            throws CompareException, InterruptedException {
        try {
            Path file = Files.createTempFile(folder, "output", ".txt");
            Process process =
                    new ProcessBuilder(command)
                            .directory(folder.toFile())
                            .redirectErrorStream(true)
                            .redirectOutput(file.toFile())
                            .start();
            boolean ended = process.waitFor(timeoutSeconds, TimeUnit.SECONDS);
            process.destroyForcibly();
            String output = Files.readString(file, StandardCharsets.UTF_8);
            Files.delete(file);
            if (!ended || process.exitValue() != 0) {
                throw new CompareException(
                        String.join(" ", command) + (ended ? " failed:\n" : " hung:\n") + output);
            }
            return output;
        } catch (IOException e) {
            throw new CompareException(command.getFirst() + " cannot be run: " + e, e);
        }
    }
}
