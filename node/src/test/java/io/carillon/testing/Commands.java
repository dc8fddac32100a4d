package io.carillon.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Short commands of the system, run to their end. */
public final class Commands {
    private static final int DEADLINE_SECONDS = 30;

    private Commands() {}

    /**
     * What a command prints.
     *
     * @throws AssertionError if it fails; the message shows what it said
     */
    public static String run(String... command) {
        return run("", List.of(command));
    }

    /** The same for a command that reads a text. */
    public static String run(String input, List<String> command) {
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
            try (var to = process.outputWriter(UTF_8)) {
                to.write(input);
            }
            String output = new String(process.getInputStream().readAllBytes(), UTF_8);
            if (!process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new AssertionError(String.join(" ", command) + " failed: " + output);
            }
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(String.join(" ", command), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }
}
