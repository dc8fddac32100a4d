package io.carillon.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code bin/carillon} does before a node starts. */
final class StartupTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void runsWithTheFileAndTheSets(@TempDir Path dir) throws Exception {
        Path file = Files.writeString(dir.resolve("c.yaml"), "node: {name: a, dataDir: /d}");
        Startup.Run run =
                assertInstanceOf(
                        Startup.Run.class,
                        start("--set", "node.name=b", "--config", file.toString()));
        assertEquals("b", run.config().node().name());
        assertEquals(Path.of("/d"), run.config().node().dataDir());
    }

    @Test
    void checkOfAGoodOne() {
        assertEquals(new Startup.Exit(0), start("--check"));
        assertEquals("the configuration is valid\n", text(out));
    }

    @Test
    void checkNamesWhatIsProbablyNotMeant() {
        assertEquals(
                new Startup.Exit(0),
                start(
                        "--check",
                        "--set",
                        "auth.allowAnonymous=true",
                        "--set",
                        "listeners.tcp.bind=0.0.0.0:1883"));
        assertTrue(text(out).startsWith("warning: auth.allowAnonymous is true: "), text(out));
    }

    @Test
    void checkOfABadOne() {
        assertEquals(new Startup.Exit(1), start("--check", "--set", "a=b", "--set", "c=d"));
        assertEquals("", text(out));
        assertTrue(
                text(err).startsWith("carillon: the configuration has 2 problems:\n  option --set"),
                text(err));
    }

    @Test
    void printsTheConfiguration() {
        assertEquals(new Startup.Exit(0), start("--print-config", "--set", "node.name=a"));
        assertTrue(text(out).startsWith("node:\n  name: a # option --set\n"), text(out));
    }

    @Test
    void printsVersionAndHelp() {
        assertEquals(new Startup.Exit(0), start("--version"));
        assertTrue(text(out).matches("carillon \\d+\\.\\d+\\.\\d+(-SNAPSHOT)?\n"), text(out));
        out.reset();
        assertEquals(new Startup.Exit(0), start("--version", "--check", "--help"));
        assertEquals(CommandLine.HELP, text(out));
    }

    @Test
    void recoversAloneFromThoseThatAreNamed() {
        Startup.RecoverAlone look =
                assertInstanceOf(
                        Startup.RecoverAlone.class,
                        start("--recover-alone", "a,b", "--set", "node.name=c"));
        assertEquals(List.of("a", "b"), look.gone());
        assertFalse(look.yes());
        Startup.RecoverAlone meant =
                assertInstanceOf(
                        Startup.RecoverAlone.class, start("--yes", "--recover-alone", "a"));
        assertTrue(meant.yes());
        assertEquals(new Startup.Exit(1), start("--recover-alone"));
    }

    @Test
    void refusesWhatItDoesNotKnow() {
        assertEquals(new Startup.Exit(1), start("--chek", "extra", "--set"));
        assertEquals(
                """
                carillon: the configuration has 3 problems:
                  unknown option '--chek': did you mean --check?
                  unknown option 'extra'; see --help
                  option --set: needs a value; see --help
                """,
                text(err));
    }

    private Startup start(String... arguments) {
        return Startup.of(
                List.of(arguments),
                new ConfigReader(Map.of(), "host"),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    private static String text(ByteArrayOutputStream stream) {
        return stream.toString(StandardCharsets.UTF_8);
    }
}
