package io.carillon.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Pins every default: whoever changes one changes it here too, and says why. */
final class DefaultsTest {
    static final CarillonConfig DEFAULTS =
            new CarillonConfig(
                    new NodeConfig("host-1", Path.of("./data"), 30_000, 0),
                    Map.of(
                            "tcp",
                            new ListenerConfig(
                                    "tcp",
                                    ListenerType.MQTT,
                                    new BindAddress("127.0.0.1", 1883),
                                    "/mqtt",
                                    Optional.empty()),
                            "websocket",
                            new ListenerConfig(
                                    "websocket",
                                    ListenerType.WS,
                                    new BindAddress("127.0.0.1", 8083),
                                    "/mqtt",
                                    Optional.empty())),
                    new AuthConfig(AnonymousPolicy.LOOPBACK),
                    new MqttConfig(
                            new ConnectConfig(100_000, 10_000, 65_536, 0, 1_024, true),
                            new PacketConfig(1_048_576, 65_535, 128, 64, false),
                            new FlowConfig(256, 64, 32, 32, 1_048_576, 30_000, 30_000),
                            new FeatureConfig(2, true, true, true),
                            new SessionConfig(604_800, 10_000),
                            new QueueConfig(
                                    100_000, 67_108_864, QueueConfig.Policy.REJECT_NEW, false),
                            new RetainedConfig(true, 1_000_000, 1_073_741_824)),
                    new StorageConfig(
                            new Fsync.Always(), 67_108_864, 67_108_864, 268_435_456, false),
                    new ClusterConfig(
                            false,
                            "carillon",
                            3,
                            16,
                            3,
                            List.of(),
                            Optional.empty(),
                            new AddressConfig(
                                    new BindAddress("127.0.0.1", 5701),
                                    Optional.empty(),
                                    new BindAddress("127.0.0.1", 7701),
                                    Optional.empty()),
                            new DiscoveryConfig.Seeds(List.of()),
                            Optional.empty(),
                            33_554_432,
                            20_000,
                            3_000),
                    new HttpConfig(true, new BindAddress("127.0.0.1", 9464)),
                    new SysConfig(10_000),
                    new LogConfig(LogConfig.Format.TEXT, LogConfig.Level.INFO));

    @Test
    void withNoSourceAtAll() throws ConfigException {
        assertEquals(DEFAULTS, Configs.read(""));
    }

    @Test
    void openTcpFirst() throws ConfigException {
        assertEquals(
                List.of("tcp", "websocket"), List.copyOf(Configs.read("").listeners().keySet()));
    }

    @Test
    void giveNoWarning() throws ConfigException {
        assertEquals(List.of(), Configs.read("").warnings());
    }

    /** A default is written in the form in which it is printed, and is valid. */
    @Test
    void areCanonical() throws InvalidValue {
        for (Section section : CarillonConfig.KEYS.sections()) {
            for (Key<?> key : section.keys()) {
                assertEquals(key.example(), key.type().canonical(key.example()), key.path());
            }
        }
    }

    @Test
    void hostNameThatIsNoNodeNameGivesCarillon() throws ConfigException {
        ConfigReader reader = new ConfigReader(Map.of(), "-odd host-");
        assertEquals("carillon", reader.read("", "", List.of()).config().node().name());
    }
}
