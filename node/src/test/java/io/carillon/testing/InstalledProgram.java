package io.carillon.testing;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * A program of the system that a test needs. Where it is missing the test fails: it never skips.
 */
public final class InstalledProgram {

    private InstalledProgram() {}

    /** The path of {@code command}; fails with the name of the Debian package that brings it. */
    public static Path find(String command, String debianPackage) {
        String path = System.getenv().getOrDefault("PATH", "");
        return Arrays.stream(path.split(File.pathSeparator))
                .map(folder -> Path.of(folder, command))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(
                        () ->
                                new AssertionError(
                                        "'%s' is not installed: apt-get install %s"
                                                .formatted(command, debianPackage)));
    }
}
