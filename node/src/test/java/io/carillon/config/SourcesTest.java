package io.carillon.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Where settings come from, and which one wins. */
final class SourcesTest {
    private static final String FILE =
            """
            node:
              name: from-file
              dataDir: /file
              shutdownTimeout: 5s
            """;

    @Test
    void setWinsOverEnvironmentWinsOverFileWinsOverDefault() throws ConfigException {
        CarillonConfig config =
                Configs.effective(
                                FILE,
                                Map.of(
                                        "CARILLON_NODE_NAME", "from-env",
                                        "CARILLON_NODE_DATADIR", "/env"),
                                "node.name=from-set")
                        .config();
        assertEquals(new NodeConfig("from-set", Path.of("/env"), 5_000, 0), config.node());
        assertEquals(16, config.cluster().shards());
    }

    @Test
    void theLaterSetWins() throws ConfigException {
        assertEquals("b", Configs.read("", "node.name=a", "node.name = b ").node().name());
    }

    @Test
    void aValueMayHoldAnEqualsSign() throws ConfigException {
        assertEquals(Path.of("/a=b"), Configs.read("", "node.dataDir=/a=b").node().dataDir());
    }

    @Test
    void anyListenerGivenReplacesTheStandardOnes() throws ConfigException {
        CarillonConfig config =
                Configs.read("listeners: {lan: {type: mqtt, bind: '0.0.0.0:1884'}}");
        assertEquals(List.of("lan"), List.copyOf(config.listeners().keySet()));
    }

    @Test
    void aStandardListenerKeepsItsTypeWhenItMoves() throws ConfigException {
        CarillonConfig config =
                Configs.effective(
                                "",
                                Map.of("CARILLON_LISTENERS_WEBSOCKET_BIND", "[::]:0"),
                                "listeners.tcp.bind=0.0.0.0:0")
                        .config();
        assertEquals(ListenerType.MQTT, config.listeners().get("tcp").type());
        assertEquals(ListenerType.WS, config.listeners().get("websocket").type());
        assertEquals(new BindAddress("::", 0), config.listeners().get("websocket").bind());
    }

    @Test
    void environmentNamesListeners() throws ConfigException {
        CarillonConfig config =
                Configs.effective(
                                "",
                                Map.of(
                                        "CARILLON_LISTENERS_WEB_IN_TYPE", "ws",
                                        "CARILLON_LISTENERS_WEB_IN_BIND", "127.0.0.1:0",
                                        "CARILLON_LISTENERS_WEB_IN_PATH", "/ws"))
                        .config();
        assertEquals("/ws", config.listeners().get("web-in").path());
    }

    @Test
    void listsAreYamlListsOrHaveCommas() throws InvalidValue {
        assertEquals(
                List.of("TLSv1.2", "TLSv1.3"), TlsKeys.PROTOCOLS.type().parse("TLSv1.2,TLSv1.3"));
        Problems problems = new Problems();
        assertEquals(
                "TLSv1.2,TLSv1.3",
                YamlSource.read("f", "a:\n  - TLSv1.2\n  - TLSv1.3\n", problems).getFirst().text());
    }

    @Test
    void launcherAndKubernetesVariablesAreNotSettings() {
        assertEquals(
                List.of(),
                Configs.problems(
                        "",
                        Map.ofEntries(
                                Map.entry("CARILLON_JAVA_HOME", "/jdk"),
                                Map.entry("CARILLON_JAVA_OPTS", "-Xmx1g"),
                                Map.entry("CARILLON_SERVICE_HOST", "10.0.0.1"),
                                Map.entry("CARILLON_SERVICE_PORT", "1883"),
                                Map.entry("CARILLON_SERVICE_PORT_MQTT", "1883"),
                                Map.entry("CARILLON_PORT", "tcp://10.0.0.1:1883"),
                                Map.entry("CARILLON_PORT_1883_TCP", "tcp://10.0.0.1:1883"),
                                Map.entry("CARILLON_PORT_1883_TCP_PROTO", "tcp"),
                                Map.entry("CARILLON_HEADLESS_PORT_1883_TCP_ADDR", "10.0.0.1"),
                                Map.entry("PATH", "/bin"))));
    }

    @Test
    void partsWithoutKeysAreEmpty() throws ConfigException {
        assertEquals(DefaultsTest.DEFAULTS, Configs.read("node:\nmqtt:\n  queue:\nlisteners:\n"));
    }
}
