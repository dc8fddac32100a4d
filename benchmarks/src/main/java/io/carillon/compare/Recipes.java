package io.carillon.compare;

import io.carillon.config.Version;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How each known broker is configured: without limits of its own making where they can be lifted,
 * without logging of single clients, everything else at its standard.
 */
final class Recipes {
    private static final String MOSQUITTO = "mosquitto.conf";
    private static final String FLASHMQ = "flashmq.conf";
    private static final String CARILLON = "carillon.yaml";

    private static final Pattern NUMBER = Pattern.compile("\\d+\\.\\d+(\\.\\d+)?");

    private final Project project;
    private final Options options;

    /** What is not compared, and why. */
    private final Map<String, String> missing = new LinkedHashMap<>();

    Recipes(Project project, Options options) {
        this.project = project;
        this.options = options;
    }

    /** A broker that may be had. */
    @FunctionalInterface
    private interface Recipe {
        Broker make() throws CompareException, InterruptedException;
    }

    /**
     * Those that were asked for and can be had, Carillon first.
     *
     * @throws CompareException if a name is unknown, or if Carillon itself cannot be had
     */
    List<Broker> brokers() throws CompareException, InterruptedException {
        Map<String, Recipe> recipes = new LinkedHashMap<>();
        recipes.put("carillon", this::carillon);
        recipes.put("flashmq", this::flashMq);
        recipes.put("hivemq", this::hiveMq);
        recipes.put("mosquitto", this::mosquitto);
        Set<String> names = options.brokers().isEmpty() ? recipes.keySet() : options.brokers();
        if (!recipes.keySet().containsAll(names)) {
            throw new CompareException("--brokers takes some of " + recipes.keySet());
        }
        List<Broker> brokers = new ArrayList<>();
        for (Map.Entry<String, Recipe> recipe : recipes.entrySet()) {
            if (names.contains(recipe.getKey())) {
                add(brokers, recipe.getKey(), recipe.getValue());
            }
        }
        return brokers;
    }

    Map<String, String> missing() {
        return missing;
    }

    private void add(List<Broker> brokers, String name, Recipe recipe)
            throws CompareException, InterruptedException {
        try {
            brokers.add(recipe.make());
        } catch (CompareException e) {
            if (name.equals("carillon")) {
                throw e;
            }
            missing.put(name, String.valueOf(e.getMessage()));
        }
    }

    private Broker carillon() throws CompareException, InterruptedException {
        BrokerFolder folder = folder("carillon");
        folder.write(
                CARILLON,
                """
                # Everything else is at its default; above all storage.fsync is always.
                node:
                  dataDir: data
                listeners:
                  tcp:
                    type: mqtt
                    bind: 127.0.0.1:PORT
                  tls:
                    type: mqtts
                    bind: 127.0.0.1:TLS_PORT
                    tls:
                      certificate: server.pem
                      privateKey: server.key
                http:
                  bind: 127.0.0.1:0
                mqtt:
                  receiveMax: 65535
                  maxInflight: 65535
                  outbound:
                    maxBytes: 64MiB
                  queue:
                    maxMessages: 100000000
                    maxBytes: 1TiB
                """);
        return new Broker(
                "carillon",
                Version.TEXT,
                "on disk, acknowledged after fsync",
                folder.port(),
                OptionalInt.of(folder.tlsPort()),
                folder.path(),
                List.of(CARILLON),
                List.of(project.carillon().toString(), "--config", CARILLON));
    }

    private Broker mosquitto() throws CompareException, InterruptedException {
        Path program = program("mosquitto", "Debian's package is mosquitto");
        BrokerFolder folder = folder("mosquitto");
        folder.write(
                MOSQUITTO,
                """
                # Without persistence: sessions, queues and retained messages are in memory.
                persistence false
                allow_anonymous true
                per_listener_settings false
                set_tcp_nodelay true
                max_inflight_messages 0
                max_queued_messages 0
                max_queued_bytes 0
                max_inflight_bytes 0
                log_type error
                log_type warning
                connection_messages false
                listener PORT 127.0.0.1
                listener TLS_PORT 127.0.0.1
                certfile server.pem
                keyfile server.key
                """);
        return new Broker(
                "mosquitto",
                version(program, "-h"),
                "in memory",
                folder.port(),
                OptionalInt.of(folder.tlsPort()),
                folder.path(),
                List.of(MOSQUITTO),
                List.of(program.toString(), "-c", MOSQUITTO));
    }

    private Broker flashMq() throws CompareException, InterruptedException {
        Path program = program("flashmq", "flashmq.org has packages");
        BrokerFolder folder = folder("flashmq");
        folder.write(
                FLASHMQ,
                """
                # Without storage_dir: sessions, queues and retained messages are in memory.
                allow_anonymous true
                log_level warning
                log_file flashmq.log
                max_qos_msg_pending_per_client 65535
                max_qos_bytes_pending_per_client 268435456
                client_max_write_buffer_size 67108864
                listen {
                  protocol mqtt
                  inet_protocol ip4
                  inet4_bind_address 127.0.0.1
                  port PORT
                }
                listen {
                  protocol mqtt
                  inet_protocol ip4
                  inet4_bind_address 127.0.0.1
                  port TLS_PORT
                  fullchain server.pem
                  privkey server.key
                }
                """);
        return new Broker(
                "flashmq",
                version(program, "--version"),
                "in memory",
                folder.port(),
                OptionalInt.of(folder.tlsPort()),
                folder.path(),
                List.of(FLASHMQ),
                List.of(program.toString(), "--config-file", FLASHMQ));
    }

    private Broker hiveMq() throws CompareException, InterruptedException {
        List<String> command = new HiveMqLibrary(project.work(), options.hiveMqVersion()).command();
        BrokerFolder folder = folder("hivemq");
        folder.write("config.xml", HiveMqLibrary.CONFIGURATION);
        return new Broker(
                "hivemq",
                options.hiveMqVersion(),
                "in memory",
                folder.port(),
                OptionalInt.of(folder.tlsPort()),
                folder.path(),
                List.of("config.xml"),
                command);
    }

    private BrokerFolder folder(String name) throws CompareException, InterruptedException {
        BrokerFolder folder = BrokerFolder.make(project.work().resolve(name));
        TlsFiles.make(folder.path());
        return folder;
    }

    private static Path program(String name, String advice) throws CompareException {
        return Programs.find(name)
                .orElseThrow(() -> new CompareException("not installed (" + advice + ")"));
    }

    private String version(Path program, String option) throws InterruptedException {
        try {
            List<String> command = List.of(program.toString(), option);
            return firstNumber(Programs.output(project.work(), 10, command));
        } catch (CompareException e) {
            // Some print their help and call that a failure.
            return firstNumber(String.valueOf(e.getMessage()));
        }
    }

    private static String firstNumber(String text) {
        Matcher matcher = NUMBER.matcher(text);
        return matcher.find() ? matcher.group() : "unknown";
    }
}
