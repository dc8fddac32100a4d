package io.carillon.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.carillon.e2e.broker.Broker;
import io.carillon.e2e.broker.Names;
import io.carillon.e2e.broker.OnOneAndThreeNodes;
import io.carillon.e2e.broker.Tool;
import io.carillon.e2e.client.Endpoint;
import io.carillon.e2e.client.Transport;
import io.carillon.testing.InstalledProgram;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code mosquitto_pub} and {@code mosquitto_sub}, a third implementation of the client's side. */
@OnOneAndThreeNodes
final class MosquittoToolsIT {
    private final Broker broker;
    private final String topic = Names.topic();
    private final String clientId = Names.clientId();

    MosquittoToolsIT(Broker broker) {
        this.broker = broker;
    }

    static Stream<Arguments> versionsAndQos() {
        return Stream.of("mqttv31", "mqttv311", "mqttv5")
                .flatMap(version -> Stream.of(0, 1, 2).map(qos -> Arguments.of(version, qos)));
    }

    /** [MQTT3-7.0.0-2] [MQTT-3.3.4-1] [MQTT3-3.3.4-1] */
    @ParameterizedTest
    @MethodSource("versionsAndQos")
    void exchangeMessages(String version, int qos) {
        String level = String.valueOf(qos);
        try (Tool receiver = subscribe(version, "-q", level, "-C", "2")) {
            receiver.awaitLine("SUBACK");
            publish(version, "-q", level, "-m", "first");
            publish(version, "-q", level, "-m", "second");
            assertEquals(List.of("first at " + qos, "second at " + qos), messages(receiver.end()));
        }
    }

    /** [MQTT-3.3.1-5] [MQTT-3.3.1-6] [MQTT3-3.3.1-6] [MQTT3-3.3.1-10] */
    @ParameterizedTest
    @ValueSource(strings = {"mqttv31", "mqttv311", "mqttv5"})
    void retainMessages(String version) {
        publish(version, "-q", "1", "-r", "-m", "kept");
        assertEquals(
                List.of("kept at 1"),
                messages(Tool.run(subscribeCommand(version, "-q", "1", "-C", "1"))));
        publish(version, "-q", "1", "-r", "-n");
        try (Tool receiver = subscribe(version, "-q", "1", "-C", "1")) {
            receiver.awaitLine("SUBACK");
            publish(version, "-q", "1", "-m", "next");
            assertEquals(List.of("next at 1"), messages(receiver.end()));
        }
    }

    /** [MQTT-3.1.2-8] [MQTT3-3.1.2-8] */
    @ParameterizedTest
    @ValueSource(strings = {"mqttv31", "mqttv311", "mqttv5"})
    void leaveAWill(String version) {
        try (Tool watcher = subscribe(version, "-q", "1", "-C", "1");
                Tool vanishing =
                        Tool.start(
                                command(
                                        "mosquitto_sub",
                                        version,
                                        List.of(
                                                "-d",
                                                "-t",
                                                topic + "/other",
                                                "--will-topic",
                                                topic,
                                                "--will-payload",
                                                "gone",
                                                "--will-qos",
                                                "1")))) {
            watcher.awaitLine("SUBACK");
            vanishing.awaitLine("SUBACK");
            vanishing.kill();
            assertEquals(List.of("gone at 1"), messages(watcher.end()));
        }
    }

    /** [MQTT-3.1.2-5] [MQTT-3.1.2-23] [MQTT3-3.1.2-4] [MQTT3-3.1.2-5] */
    @ParameterizedTest
    @ValueSource(strings = {"mqttv31", "mqttv311", "mqttv5"})
    void keepASession(String version) {
        List<String> session = new ArrayList<>(List.of("-c", "-i", clientId, "-q", "1"));
        if (version.equals("mqttv5")) {
            session.addAll(List.of("-x", "3600"));
        }
        Tool.run(subscribeCommand(version, with(session, "-E")));
        publish(version, "-q", "1", "-m", "while you were away");
        assertEquals(
                List.of("while you were away at 1"),
                messages(Tool.run(subscribeCommand(version, with(session, "-C", "1")))));
    }

    /** Over TLS, with the authority's certificate. */
    @Test
    void speakTls() {
        Endpoint tls = broker.endpoint(Transport.TLS);
        List<String> secure = List.of("--cafile", broker.authorityFile().toString());
        try (Tool receiver =
                Tool.start(
                        at(
                                tls,
                                "mosquitto_sub",
                                with(
                                        secure, "-d", "-V", "5", "-t", topic, "-C", "1", "-F",
                                        FORMAT)))) {
            receiver.awaitLine("SUBACK");
            Tool.run(at(tls, "mosquitto_pub", with(secure, "-V", "5", "-t", topic, "-m", "safe")));
            assertEquals(List.of("safe at 0"), messages(receiver.end()));
        }
    }

    /** [MQTT-3.3.2-17] [MQTT-3.3.2-20] [MQTT-3.3.2-15] [MQTT-3.3.2-16] */
    @Test
    void carryProperties() {
        String format = "%P|%C|%R|%D|%p";
        try (Tool receiver =
                Tool.start(
                        command(
                                "mosquitto_sub",
                                "mqttv5",
                                List.of("-d", "-t", topic, "-C", "1", "-F", format)))) {
            receiver.awaitLine("SUBACK");
            publish(
                    "mqttv5",
                    "-D",
                    "publish",
                    "user-property",
                    "key",
                    "value",
                    "-D",
                    "publish",
                    "content-type",
                    "text/plain",
                    "-D",
                    "publish",
                    "response-topic",
                    "answers",
                    "-D",
                    "publish",
                    "correlation-data",
                    "42",
                    "-m",
                    "with properties");
            receiver.awaitLine("key:value|text/plain|answers|42|with properties");
            receiver.end();
        }
    }

    private static final String FORMAT = "message: %p at %q";

    private Tool subscribe(String version, String... more) {
        return Tool.start(subscribeCommand(version, more));
    }

    private List<String> subscribeCommand(String version, String... more) {
        return command(
                "mosquitto_sub", version, with(List.of("-d", "-t", topic, "-F", FORMAT), more));
    }

    private List<String> subscribeCommand(String version, List<String> more) {
        return subscribeCommand(version, more.toArray(String[]::new));
    }

    private void publish(String version, String... more) {
        Tool.run(command("mosquitto_pub", version, with(List.of("-t", topic), more)));
    }

    private List<String> command(String program, String version, List<String> more) {
        return at(broker.tcp(), program, with(List.of("-V", version), more.toArray(String[]::new)));
    }

    private static List<String> at(Endpoint endpoint, String program, List<String> more) {
        // Into a pipe they would print only when they end.
        String unbuffered = InstalledProgram.find("stdbuf", "coreutils").toString();
        String path = InstalledProgram.find(program, "mosquitto-clients").toString();
        String port = String.valueOf(endpoint.port());
        return with(
                List.of(unbuffered, "-oL", path, "-h", endpoint.host(), "-p", port),
                more.toArray(String[]::new));
    }

    /** Of all that -d lets it tell, the messages. */
    private static List<String> messages(List<String> lines) {
        String mark = FORMAT.substring(0, FORMAT.indexOf('%'));
        return lines.stream()
                .filter(line -> line.startsWith(mark))
                .map(line -> line.substring(mark.length()))
                .toList();
    }

    private static List<String> with(List<String> some, String... more) {
        List<String> all = new ArrayList<>(some);
        all.addAll(List.of(more));
        return all;
    }
}
