package io.carillon.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The load generator, started anew for each run.
 *
 * @param folder in which it is started, on the disk that the brokers write to
 */
record Generator(Path program, Path folder, int seconds, int warmup) {
    /** For what a run does besides warm-up and measurement: connecting, settling, draining. */
    private static final int MORE_SECONDS = 180;

    private static final int FAULTS_FOUND = 1;

    /**
     * Puts a load on a broker.
     *
     * @param json where its report is kept
     * @throws CompareException if there is no report; the message says why
     */
    RunReport run(LoadCase load, Target target, Path json)
            throws CompareException, InterruptedException {
        Path log = folder.resolve("generator.log");
        try {
            Files.deleteIfExists(json);
            Process process =
                    new ProcessBuilder(command(load, target, json))
                            .directory(folder.toFile())
                            .redirectErrorStream(true)
                            .redirectOutput(log.toFile())
                            .start();
            boolean ended = process.waitFor(seconds + warmup + MORE_SECONDS, TimeUnit.SECONDS);
            process.destroyForcibly();
            if (!ended) {
                throw new CompareException("did not end in time");
            }
            if (process.exitValue() > FAULTS_FOUND) {
                throw new CompareException(lastLine(log));
            }
            return RunReport.read(json);
        } catch (IOException e) {
            throw new CompareException("the load generator cannot be run: " + e.getMessage(), e);
        }
    }

    List<String> command(LoadCase load, Target target, Path json) throws CompareException {
        List<String> command = new ArrayList<>();
        command.add(program.toString());
        command.addAll(load.words());
        int port = target.port();
        if (load.tls()) {
            port = target.tlsPort().orElseThrow(() -> new CompareException("no TLS port known"));
            command.addAll(List.of("--tls", "--insecure"));
        }
        if (load.timed()) {
            command.addAll(List.of("--seconds", Integer.toString(seconds)));
        }
        if (load.timed() && !load.words().getFirst().equals("idle")) {
            command.addAll(List.of("--warmup", Integer.toString(warmup)));
        }
        command.addAll(List.of("--address", target.address(port), "--json", json.toString()));
        target.pid().ifPresent(pid -> command.addAll(List.of("--broker-pid", pid + "")));
        return command;
    }

    private static String lastLine(Path log) throws IOException {
        return Files.readAllLines(log).stream()
                .filter(line -> !line.isBlank())
                .reduce((first, second) -> second)
                .orElse("ended without a word");
    }
}
