package io.carillon.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The file as delivered is what the keys say. {@code -Dcarillon.regenerate=true} writes it anew.
 */
final class ReferenceFileTest {
    private static final Path DELIVERED = Path.of("src/main/dist/conf/carillon.yaml");

    @Test
    void isUpToDate() throws Exception {
        if (Boolean.getBoolean("carillon.regenerate")) {
            Files.createDirectories(DELIVERED.getParent());
            Files.writeString(DELIVERED, ReferenceFile.text());
        }
        assertEquals(
                ReferenceFile.text(),
                Files.readString(DELIVERED),
                "run this test with -Dcarillon.regenerate=true and commit the file");
    }

    @Test
    void givesTheDefaults() throws ConfigException {
        EffectiveConfig config =
                new ConfigReader(Map.of(), "host-1").read(Optional.of(DELIVERED), List.of());
        assertEquals(DefaultsTest.DEFAULTS, config.config());
    }

    /** Whoever removes each # before a key has set each key to its default or example. */
    @Test
    void givesTheDefaultsWithItsKeysUncommentedToo(@TempDir Path dir) throws Exception {
        String yaml = ReferenceFile.text().replaceAll("(?m)^( *)#(?! |$)", "$1");
        for (String file : List.of("server.pem", "server.key", "clients-ca.pem")) {
            yaml = yaml.replace(file, Files.createFile(dir.resolve(file)).toString());
        }
        CarillonConfig config = Configs.read(yaml);
        CarillonConfig defaults = DefaultsTest.DEFAULTS;
        assertEquals("node-1", config.node().name());
        assertEquals(defaults.listeners().get("tcp"), config.listeners().get("tcp"));
        assertEquals(defaults.listeners().get("websocket"), config.listeners().get("websocket"));
        assertEquals(defaults.mqtt(), config.mqtt());
        assertEquals(defaults.storage(), config.storage());
        for (Section section : CarillonConfig.KEYS.sections()) {
            for (Key<?> key : section.keys()) {
                String leaf = key.path().substring(key.path().lastIndexOf('.') + 1);
                assertTrue(yaml.contains(" " + leaf + ": "), key.path());
                assertTrue(yaml.contains("# " + key.comment()), key.path());
            }
        }
    }
}
