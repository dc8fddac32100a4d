package io.carillon.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The printed configuration. */
final class EffectiveConfigTest {

    @Test
    void readBackGivesTheSame() throws ConfigException {
        EffectiveConfig config =
                Configs.effective(
                        "listeners: {web: {type: ws, bind: '[::]:0', path: /a}}",
                        Map.of("CARILLON_STORAGE_FSYNC", "100ms"),
                        "sys.interval=0",
                        "node.dataDir=/with \"quotes\", # and: ünïcode",
                        "mqtt.sessionExpiryMax=never",
                        "mqtt.maxPacketSize=1048577",
                        "node.name=null");
        assertEquals(config.config(), Configs.read(config.toYaml()));
        assertEquals("null", config.config().node().name());
        assertEquals(SessionConfig.NEVER, config.config().mqtt().session().expirySecondsMax());
    }

    @Test
    void ofTheDefaultsGivesThemBack() throws ConfigException {
        String yaml = Configs.effective("", Map.of()).toYaml();
        assertEquals(DefaultsTest.DEFAULTS, Configs.read(yaml));
    }

    @Test
    void namesTheOriginOfWhatIsNotADefault() throws ConfigException {
        String yaml = Configs.effective("", Map.of("CARILLON_NODE_NAME", "a")).toYaml();
        assertTrue(yaml.startsWith("node:\n  name: a # environment CARILLON_NODE_NAME\n"), yaml);
        assertTrue(yaml.contains("\n  dataDir: ./data\n"), yaml);
    }

    @Test
    void masksSecrets(@TempDir Path dir) throws Exception {
        Path file = Files.createFile(dir.resolve("file.pem"));
        EffectiveConfig config =
                Configs.effective(
                        "",
                        Map.of("CARILLON_LISTENERS_TLS_TLS_PRIVATEKEYPASSWORD", "hunter2"),
                        "listeners.tls.type=mqtts",
                        "listeners.tls.bind=127.0.0.1:0",
                        "listeners.tls.tls.certificate=" + file,
                        "listeners.tls.tls.privateKey=" + file);
        TlsConfig tls = config.config().listeners().get("tls").tls().orElseThrow();
        assertEquals("hunter2", tls.privateKeyPassword().orElseThrow());
        assertFalse(config.config().toString().contains("hunter2"));
        assertFalse(config.toYaml().contains("hunter2"));
        assertTrue(config.toYaml().contains("privateKeyPassword: \"****\""), config.toYaml());
    }
}
