package io.carillon.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is refused, and what the message says. */
final class ProblemsTest {

    @Test
    void allAreNamedAtOnceWithTheirPlaceAndTheNearestKey() {
        String yaml =
                """
                node:
                  naem: one
                mqtt:
                  maxPacketSize: 2MB
                  queue:
                    policy: drop
                """;
        assertEquals(
                List.of(
                        "test.yaml, line 2: unknown key 'node.naem': did you mean node.name?",
                        "test.yaml, line 4: mqtt.maxPacketSize: '2MB' is not a size such as 64KiB,"
                                + " 1MiB or 500 (bytes)",
                        "test.yaml, line 6: mqtt.queue.policy: 'drop' is not one of reject-new,"
                                + " drop-oldest",
                        "environment CARILLON_NODE_DATA_DIR: names no key: did you mean"
                                + " CARILLON_NODE_DATADIR?",
                        "option --set: 'verbose' is not KEY=VALUE, such as node.name=one",
                        "option --set: cluster.shards: '0' is not from 1 to 1024"),
                Configs.problems(
                        yaml,
                        Map.of("CARILLON_NODE_DATA_DIR", "/data"),
                        "verbose",
                        "cluster.shards=0"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "nod.name=a            | did you mean node.name?",
                "maxPacketSize=1MiB    | did you mean mqtt.maxPacketSize?",
                "mqtt.dataDir=/x       | did you mean node.dataDir?",
                "listeners.tcp.bnid=x  | did you mean listeners.tcp.bind?",
                "listeners.Tcp.bind=x  | a name under listeners has lower-case letters",
                "listeners.tcp=x       | this version knows listeners.NAME.type",
                "listeners.*.bind=x    | a name under listeners has lower-case letters",
                "zzz=1                 | see conf/carillon.yaml for all keys",
                "auth.zzz=1            | this version knows auth.allowAnonymous",
                "listeners.tcp.proxyProtocol=true | this version knows listeners.tcp.type,",
                "listeners.tcp.type=mqttsn | 'mqttsn' is not one of mqtt, mqtts, ws, wss",
                "listeners.tcp.bind=1883   | is not HOST:PORT",
                "listeners.tcp.bind=h:65536 | a port that is not from 0 to 65535",
                "listeners.tcp.path=/x     | listeners.tcp.path is not for a listener of type mqtt",
                "listeners.tcp.tls.certificate=/x | is not for a listener of type mqtt",
                "listeners.lan.type=mqtt   | listener lan needs listeners.lan.bind",
                "http.enabled=yes      | 'yes' is not true or false",
                "mqtt.connectTimeout=5 | '5' is not a duration such as",
                "mqtt.connectTimeout=1ms | '1ms' is not from 100ms to 10m",
                "mqtt.connectTimeout=999999999999999999d | is not from 100ms to 10m",
                "sys.interval=soon     | nor the word off",
                "storage.fsync=never   | is not always, os or an interval",
                "mqtt.maxQos=3         | '3' is not from 0 to 2",
                "mqtt.maxQos=two       | 'two' is not a whole number",
                "node.name=a b         | is not a node name",
                "node.dataDir=         | a path needs at least one character",
                "auth.allowAnonymous=maybe | is not one of true, false, loopback"
            })
    void eachSaysWhatWouldBeRight(String set, String message) {
        List<String> problems = Configs.problems("", set);
        assertEquals(1, problems.size(), problems.toString());
        assertTrue(problems.getFirst().contains(message), problems.toString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'node: [1'                    | 'line 1: not YAML: '",
                "'- a'                         | 'line 1: a list; expected keys such as'",
                "'hello'                       | 'expected keys such as'",
                "'node: {name: a, name: b}'    | 'given a second time; the first is in line 1'",
                "'node: &a {name: a}\nb: *a'   | 'line 2: anchors and aliases'",
                "'node: {name: a}\n---\nb: 1'  | 'a second document begins'",
                "'node: {name: }'              | 'node.name has no value; give it one'",
                "'nodes:'                      | 'unknown key ''nodes'''",
                "'? {a: b}\n: c'               | 'a key must be plain text'",
                "'node: {name: [{a: b}]}'      | 'takes a list of plain values'"
            })
    void filesThatAreNotNestedMaps(String yaml, String message) {
        List<String> problems = Configs.problems(yaml);
        assertTrue(problems.toString().contains(message), problems.toString());
    }

    @Test
    void anErrorInASourceThatAnotherOneOverridesIsStillAnError() {
        assertFalse(
                Configs.problems("node: {shutdownTimeout: x}", "node.shutdownTimeout=5s")
                        .isEmpty());
    }

    @Test
    void twoListenersAtOneAddress() {
        assertEquals(
                List.of("listeners tcp and b both bind 127.0.0.1:1883"),
                Configs.problems(
                        "",
                        "listeners.tcp.type=mqtt",
                        "listeners.b.type=ws",
                        "listeners.b.bind=127.0.0.1:1883"));
    }

    @Test
    void tlsNeedsItsFiles() {
        List<String> problems =
                Configs.problems(
                        "",
                        "listeners.a.type=mqtts",
                        "listeners.a.bind=127.0.0.1:0",
                        "listeners.a.tls.certificate=/no/such/file",
                        "listeners.a.tls.clientAuth=required");
        assertEquals(3, problems.size(), problems.toString());
        assertEquals(
                "option --set: listeners.a.tls.certificate: no" + " readable file at /no/such/file",
                problems.get(0));
        assertTrue(problems.get(1).startsWith("listener a needs listeners.a.tls.privateKey: "));
        assertTrue(problems.get(2).startsWith("listener a needs listeners.a.tls.clientCa: "));
    }

    @Test
    void aFileThatCannotBeRead(@TempDir Path dir) throws Exception {
        Path bytes = Files.write(dir.resolve("latin1.yaml"), new byte[] {(byte) 0xE4});
        Path large = Files.write(dir.resolve("large.yaml"), new byte[(1 << 20) + 1]);
        assertTrue(refusal(dir.resolve("none.yaml")).endsWith("none.yaml does not exist"));
        assertTrue(refusal(bytes).endsWith("is not UTF-8"));
        assertTrue(refusal(large).endsWith("is larger than 1 MiB"));
        assertTrue(refusal(dir).contains("cannot be read"));
    }

    @Test
    void manyAreCounted() {
        StringBuilder yaml = new StringBuilder();
        for (int i = 0; i < 150; i++) {
            yaml.append("zzz").append(i).append(": 1\n");
        }
        List<String> problems = Configs.problems(yaml.toString());
        assertEquals(101, problems.size());
        assertEquals("and 50 more", problems.getLast());
    }

    private static String refusal(Path file) {
        ConfigReader reader = new ConfigReader(Map.of(), "host");
        return assertThrows(ConfigException.class, () -> reader.read(Optional.of(file), List.of()))
                .problems()
                .getFirst();
    }
}
