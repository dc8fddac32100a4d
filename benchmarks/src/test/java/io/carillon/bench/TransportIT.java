package io.carillon.bench;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The load goes over TLS and WebSocket, and what is wrong with them is said. */
final class TransportIT {
    @TempDir static Path folder;

    private static BenchBroker broker;

    @BeforeAll
    static void startBroker() throws Exception {
        X509Bundle authority =
                new CertificateBuilder()
                        .ecp256()
                        .subject("CN=Test Authority")
                        .setIsCertificateAuthority(true)
                        .buildSelfSigned();
        Files.writeString(folder.resolve("ca.pem"), authority.getCertificatePEM());
        write("server", certificate().addExtendedKeyUsageServerAuth().buildIssuedBy(authority));
        write("client", certificate().addExtendedKeyUsageClientAuth().buildIssuedBy(authority));
        List<String> settings = new ArrayList<>(List.of("listeners.ws.type=ws"));
        for (String listener : List.of("mqtts", "wss", "mutual")) {
            String key = "listeners." + listener + ".";
            settings.add(key + "type=" + (listener.equals("wss") ? "wss" : "mqtts"));
            settings.add(key + "tls.certificate=" + folder.resolve("server.pem"));
            settings.add(key + "tls.privateKey=" + folder.resolve("server.key"));
        }
        settings.add("listeners.mutual.tls.clientCa=" + folder.resolve("ca.pem"));
        settings.add("listeners.mutual.tls.clientAuth=required");
        for (String listener : List.of("mqtts", "ws", "wss", "mutual")) {
            settings.add("listeners." + listener + ".bind=127.0.0.1:0");
        }
        broker = BenchBroker.start(folder.resolve("data"), settings);
    }

    @AfterAll
    static void killBroker() {
        broker.close();
    }

    @ParameterizedTest
    @CsvSource({
        "mqtts, pairs --pairs 3 --count 100 --qos 2 --tls --ca CA, delivered, 300",
        "mqtts, pairs --pairs 3 --count 100 --payload 70000 --tls --insecure, delivered, 300",
        "mqtts, pairs --pairs 3 --count 100 --tls --tls-version 1.2 --ca CA, delivered, 300",
        "mutual, pairs --pairs 3 --count 100 --tls --ca CA --cert CERT --key KEY, delivered, 300",
        "ws, pairs --pairs 3 --count 100 --qos 1 --ws, delivered, 300",
        "ws, fan-out --subscribers 3 --count 100 --payload 70000 --ws, delivered, 300",
        "wss, pairs --pairs 3 --count 100 --qos 1 --ws --tls --ca CA --mqtt 5, delivered, 300",
        "wss, idle --connections 50 --seconds 1 --ws --tls --ca CA, answered, 50",
        "tcp, connect --warmup 0 --seconds 1 --sources 3 --keep 20, failed, 0",
        "mqtts, connect --warmup 0 --seconds 1 --tls --ca CA, resumedHandshakes, 0",
        "mqtts, connect --warmup 1 --seconds 1 --tls --ca CA --resume, fullHandshakes, 0",
        "ws, connect --warmup 0 --seconds 1 --ws --threads 2, failed, 0",
    })
    void carriesTheLoad(String listener, String command, String key, long value) throws Exception {
        Path json = folder.resolve("report.json");
        List<String> words = words(listener, command);
        words.addAll(List.of("--json", json.toString()));

        int status = BenchMain.run(words);

        String report = Files.readString(json);
        assertEquals(0, status, report);
        assertTrue(report.contains("\"" + key + "\": " + value + ","), report);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "mqtts ~ idle --tls ~ the broker's certificate is refused",
                "mutual ~ idle --tls --ca CA ~ the broker wants another certificate",
                "tcp ~ idle --tls --insecure ~ does that port speak TLS?",
                "mqtts ~ idle ~ does that port speak MQTT the way you asked for it?",
                "ws ~ idle --ws --ws-path /nowhere ~ it answers 404 Not Found; --ws-path gives",
                "tcp ~ idle --ws ~ instead of opening a WebSocket: does that port speak it?",
                "mqtts ~ idle --tls --ca KEY ~ client.key",
                "mqtts ~ idle --tls --ca NOWHERE ~ NoSuchFileException",
                "mqtts ~ idle --tls --insecure --cert CA --key CA ~ PKCS #8 as PEM",
            })
    void saysWhatIsWrong(String listener, String command, String message) {
        PrintStream before = System.err;
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        System.setErr(new PrintStream(said, true, UTF_8));
        int status;
        try {
            status = BenchMain.run(words(listener, command + " --connections 1"));
        } catch (RuntimeException e) {
            throw new AssertionError(said.toString(UTF_8), e);
        } finally {
            System.setErr(before);
        }

        assertEquals(2, status, said.toString(UTF_8));
        assertTrue(said.toString(UTF_8).contains(message), said.toString(UTF_8));
    }

    private static List<String> words(String listener, String command) {
        List<String> words = new ArrayList<>();
        for (String word : command.split(" ")) {
            words.add(
                    switch (word) {
                        case "CA" -> folder.resolve("ca.pem").toString();
                        case "CERT" -> folder.resolve("client.pem").toString();
                        case "KEY" -> folder.resolve("client.key").toString();
                        case "NOWHERE" -> folder.resolve("nowhere").toString();
                        default -> word;
                    });
        }
        words.addAll(List.of("--address", broker.address(listener)));
        return words;
    }

    private static CertificateBuilder certificate() {
        return new CertificateBuilder()
                .ecp256()
                .subject("CN=127.0.0.1")
                .addSanIpAddress("127.0.0.1");
    }

    private static void write(String name, X509Bundle bundle) throws Exception {
        Files.writeString(folder.resolve(name + ".pem"), bundle.getCertificatePathPEM());
        Files.writeString(folder.resolve(name + ".key"), bundle.getPrivateKeyPEM());
    }
}
