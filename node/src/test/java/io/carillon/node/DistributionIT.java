package io.carillon.node;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code mvn package} leaves in {@code target/carillon}, and how its launcher finds Java. */
final class DistributionIT {

    private static final Path DISTRIBUTION = Path.of("target/carillon").toAbsolutePath();
    private static final Path LAUNCHER = DISTRIBUTION.resolve("bin/carillon");

    @TempDir Path folder;

    @Test
    void holdsLauncherLibrariesConfigurationAndLicence() {
        for (String file :
                List.of(
                        "bin/carillon",
                        "bin/carillon-cluster",
                        "lib/java-home.sh",
                        "conf/carillon.yaml",
                        "LICENSE")) {
            assertTrue(Files.isRegularFile(DISTRIBUTION.resolve(file)), file);
        }
        assertTrue(Files.isExecutable(LAUNCHER));
        assertTrue(Files.isExecutable(DISTRIBUTION.resolve("bin/carillon-cluster")));
    }

    /**
     * Two releases of a library side by side, or two libraries with the same class, go well for a
     * while.
     */
    @Test
    void holdsEachClassOnce() throws IOException {
        Map<String, Path> first = new HashMap<>();
        List<String> twice = new ArrayList<>();
        for (Path jar : jars("")) {
            for (String entry : entries(jar)) {
                boolean counts =
                        entry.endsWith(".class")
                                && !entry.matches("(META-INF/.*|module-info.class)");
                Path other = counts ? first.putIfAbsent(entry, jar.getFileName()) : null;
                if (other != null) {
                    twice.add(entry + " in " + other + " and " + jar.getFileName());
                }
            }
        }
        assertEquals(List.of(), twice);
    }

    /** gRPC runs on the event loops of our Netty: all parts of it are of one release. */
    @Test
    void holdsWhatAClusterNeedsOnOneNetty() throws IOException {
        for (String library : List.of("hazelcast-", "microraft-", "grpc-netty-", "grpc-core-")) {
            assertEquals(1, jars(library).size(), library);
        }
        assertEquals(List.of(), jars("grpc-netty-shaded"));
        Set<String> releases =
                jars("netty-").stream()
                        .map(jar -> jar.getFileName().toString())
                        .filter(name -> !name.startsWith("netty-tcnative-"))
                        .map(name -> name.replaceFirst("^[a-z0-9-]*?-(?=\\d)", ""))
                        .map(name -> name.replaceFirst("(-linux-.*)?\\.jar$", ""))
                        .collect(Collectors.toSet());
        assertEquals(1, releases.size(), releases.toString());
    }

    @Test
    void holdsNativesOfTwoSystemsOnly() throws IOException {
        assertEquals(
                List.of("librocksdbjni-linux-aarch64.so", "librocksdbjni-linux64.so"),
                nativesIn("rocksdbjni-"));
        assertEquals(
                List.of(
                        "META-INF/native/libnetty_transport_native_epoll_aarch_64.so",
                        "META-INF/native/libnetty_transport_native_epoll_x86_64.so"),
                nativesIn("netty-transport-native-epoll-"));
        assertEquals(
                List.of(
                        "META-INF/native/libnetty_tcnative_linux_aarch_64.so",
                        "META-INF/native/libnetty_tcnative_linux_x86_64.so"),
                nativesIn("netty-tcnative-"));
        // Hazelcast's 50 KB are for Linux, too, and for what is switched off.
        int ofHazelcast = nativesIn("hazelcast-").size();
        assertEquals(
                6 + ofHazelcast, nativesIn("").size(), "natives in all of lib: " + nativesIn(""));
    }

    @Test
    void launcherPassesOptionsToAJavaThatIsNewEnough() throws Exception {
        Outcome outcome = launch(LAUNCHER, Map.of("CARILLON_JAVA_OPTS", "-Xmx64m -version"));

        assertEquals(0, outcome.status, outcome.output);
        assertTrue(outcome.output.contains("version \"25"), outcome.output);
    }

    @Test
    void launcherFindsItsFolderThroughSymbolicLinks() throws Exception {
        Path first = Files.createSymbolicLink(folder.resolve("first"), LAUNCHER);
        Path second = Files.createSymbolicLink(folder.resolve("second"), first.getFileName());

        Outcome outcome = launch(second, Map.of("CARILLON_JAVA_OPTS", "-version"));

        assertEquals(0, outcome.status, outcome.output);
    }

    @Test
    void launcherTakesNoOtherJavaThanTheOneNamedForIt() throws Exception {
        Path old = javaOfRelease("17.0.15");

        Outcome outcome = launch(LAUNCHER, Map.of("CARILLON_JAVA_HOME", old.toString()));

        assertEquals(1, outcome.status, outcome.output);
        assertTrue(outcome.output.contains("Java 25 or newer is needed"), outcome.output);
        assertTrue(outcome.output.contains(old + " (CARILLON_JAVA_HOME): Java 17"), outcome.output);
    }

    @Test
    void launcherSaysThatANamedFolderHoldsNoJava() throws Exception {
        Outcome outcome = launch(LAUNCHER, Map.of("CARILLON_JAVA_HOME", folder.toString()));

        assertEquals(1, outcome.status, outcome.output);
        assertTrue(
                outcome.output.contains(folder + " (CARILLON_JAVA_HOME): no bin/java there"),
                outcome.output);
    }

    @Test
    void launcherPassesOverAnOldJavaHome() throws Exception {
        Path old = javaOfRelease("21.0.2");

        Outcome outcome =
                launch(
                        LAUNCHER,
                        Map.of("JAVA_HOME", old.toString(), "CARILLON_JAVA_OPTS", "-version"));

        assertEquals(0, outcome.status, outcome.output);
    }

    @Test
    void launcherRunsOnANewerJavaHomeToo() throws Exception {
        Path newer = javaOfRelease("27-ea");

        Outcome outcome = launch(LAUNCHER, Map.of("JAVA_HOME", newer.toString()));

        assertEquals("this is 27-ea\n", outcome.output);
    }

    /** A folder that looks like a JDK to the launcher; its java only says its name. */
    private Path javaOfRelease(String release) throws IOException {
        Path home = Files.createDirectories(folder.resolve("jdk with space/" + release));
        Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + release + "\"\n");
        Path java = Files.createDirectory(home.resolve("bin")).resolve("java");
        Files.writeString(java, "#!/bin/sh\necho this is " + release + "\n");
        assertTrue(java.toFile().setExecutable(true));
        return home;
    }

    private static List<String> nativesIn(String jarPrefix) throws IOException {
        List<String> natives = new ArrayList<>();
        for (Path jar : jars(jarPrefix)) {
            entries(jar).stream()
                    .filter(name -> name.matches(".*\\.(so|dll|jnilib|dylib)"))
                    .forEach(natives::add);
        }
        Collections.sort(natives);
        return natives;
    }

    private static List<Path> jars(String prefix) throws IOException {
        try (Stream<Path> files = Files.list(DISTRIBUTION.resolve("lib"))) {
            return files.filter(file -> file.getFileName().toString().startsWith(prefix))
                    .filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toList();
        }
    }

    private static List<String> entries(Path jar) throws IOException {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            return zip.stream().map(ZipEntry::getName).toList();
        }
    }

    private record Outcome(int status, String output) {}

    private static Outcome launch(Path launcher, Map<String, String> environment)
            throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(launcher.toString()).redirectErrorStream(true);
        builder.environment()
                .keySet()
                .removeIf(name -> name.startsWith("CARILLON_") || name.equals("JAVA_HOME"));
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertTrue(process.waitFor(1, TimeUnit.MINUTES), output);
        return new Outcome(process.exitValue(), output);
    }
}
