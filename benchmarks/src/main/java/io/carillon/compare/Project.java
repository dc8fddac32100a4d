package io.carillon.compare;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where the project's programs and folders are, from the folder of its benchmarks. */
public record Project(Path benchmarks) {

    /**
     * The project whose benchmarks are in that folder.
     *
     * @throws CompareException if it has not been built
     */
    public static Project of(Path benchmarks) throws CompareException {
        Project project = new Project(benchmarks.toAbsolutePath().normalize());
        for (Path program : new Path[] {project.carillon(), project.generator()}) {
            if (!Files.isExecutable(program)) {
                throw new CompareException(
                        program + " is not there; build it with: mvn -q -DskipTests package");
            }
        }
        return project;
    }

    public Path carillon() {
        return benchmarks.resolveSibling("node").resolve("target/carillon/bin/carillon");
    }

    public Path generator() {
        return benchmarks.resolve("target/carillon-bench/bin/carillon-bench");
    }

    /** For what a run leaves behind and nobody keeps: data, logs, libraries. */
    public Path work() {
        return benchmarks.resolve("target/compare");
    }

    public Path results() {
        return benchmarks.resolve("results");
    }
}
