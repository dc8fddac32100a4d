package io.carillon.node;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.carillon.config.CarillonConfig;
import io.carillon.config.ConfigReader;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the recovery refuses; what it does is shown with processes. */
class LoneRecoveryTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @TempDir Path dir;

    @Test
    void aNodeOnItsOwnHasNoOthers() {
        assertTrue(refusal("n2", "cluster.enabled=false").contains("has no others"));
    }

    @Test
    void theOnesThatAreGoneAreNodesAndNotThisOne() {
        assertEquals("node n1 is this one: run the command on a node that is left", refusal("n1"));
        assertEquals("--recover-alone: not a name for a node: ''", refusal("n2,"));
    }

    @Test
    void anEmptyDirectoryIsLeftAsItIs() {
        assertTrue(refusal("n2").startsWith("there is no data in "));
        assertFalse(Files.exists(dir.resolve("data")));
    }

    private String refusal(String gone, String... sets) {
        return String.valueOf(
                assertThrows(
                                StartException.class,
                                () ->
                                        new LoneRecovery(
                                                        config(sets),
                                                        List.of(gone.split(",", -1)),
                                                        new PrintStream(out, true, UTF_8))
                                                .run(true))
                        .getMessage());
    }

    private CarillonConfig config(String... sets) throws Exception {
        List<String> all = new ArrayList<>();
        all.add("cluster.enabled=true");
        all.add("node.name=n1");
        all.add("node.dataDir=" + dir.resolve("data"));
        all.addAll(List.of(sets));
        return new ConfigReader(Map.of(), "host").read(Optional.empty(), all).config();
    }
}
