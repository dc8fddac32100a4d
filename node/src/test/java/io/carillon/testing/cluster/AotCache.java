package io.carillon.testing.cluster;

import io.carillon.testing.BrokerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * What Java keeps of a node's start, so that those in tests take less than half of the time. Made
 * before the first node of a cluster starts, unless it is there for what was packaged.
 */
final class AotCache {
    private static final Path LIB = BrokerProcess.LAUNCHER.resolve("../../lib").normalize();
    private static final Path CACHE = LIB.resolve("carillon.aot");

    private AotCache() {}

    static synchronized void ensure() {
        if (madeAtMillis(CACHE) < packagedAtMillis()) {
            BrokerProcess.run("--make-aot", "cluster");
        }
    }

    private static long packagedAtMillis() {
        try (Stream<Path> files = Files.list(LIB)) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .mapToLong(AotCache::madeAtMillis)
                    .max()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException("mvn package makes " + LIB, e);
        }
    }

    /** 0 if it is not there. */
    private static long madeAtMillis(Path file) {
        return file.toFile().lastModified();
    }
}
