package io.carillon.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.carillon.e2e.broker.Broker;
import io.carillon.e2e.broker.Names;
import io.carillon.e2e.broker.SharedBroker;
import io.carillon.e2e.broker.Tool;
import io.carillon.e2e.client.Endpoint;
import io.carillon.e2e.client.Transport;
import io.carillon.testing.InstalledProgram;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** MQTT.js on a page in headless Chromium: what a browser's WebSocket makes of the broker. */
@ExtendWith(SharedBroker.class)
final class BrowserIT {
    private static final Path FOLDER = Path.of("src/test/browser").toAbsolutePath();
    private static final Path LIBRARY = FOLDER.resolve("node_modules/mqtt/dist/mqtt.min.js");

    private final Broker broker;
    private final String topic = Names.topic();
    private final String clientId = Names.clientId();
    private final HttpServer pages;

    BrowserIT(Broker broker) throws IOException {
        this.broker = broker;
        if (!Files.isRegularFile(LIBRARY)) {
            throw new AssertionError(
                    "MQTT.js is not installed: npm ci in node/src/test/browser, as .ci/run does");
        }
        pages = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        serve("/page.html", "text/html", FOLDER.resolve("page.html"));
        serve("/scenario.js", "text/javascript", FOLDER.resolve("scenario.js"));
        serve("/mqtt.js", "text/javascript", LIBRARY);
        pages.start();
    }

    @AfterEach
    void stopServing() {
        pages.stop(0);
    }

    /**
     * A page publishes and receives at each QoS, finds its session again, and what is retained.
     *
     * <p>[MQTT-6.0.0-1] [MQTT-6.0.0-2] [MQTT-6.0.0-4] [MQTT3-6.0.0-1] [MQTT3-6.0.0-2]
     * [MQTT3-6.0.0-4]
     */
    @ParameterizedTest
    @ValueSource(ints = {4, 5})
    void pageExchangesMessages(int protocolVersion) {
        boolean v5 = protocolVersion == 5;
        Map<?, ?> result = runInBrowser(protocolVersion);

        assertEquals(false, result.get("presentAtFirst"));
        assertEquals(2, result.get("granted"));
        assertEquals(List.of(live(0, v5), live(1, v5), live(2, v5)), result.get("messages"));
        assertEquals(true, result.get("largeIsWhole"));
        assertEquals(message("/kept", "retained", 1, true), result.get("retained"));
        assertEquals(true, result.get("presentAtSecond"));
        assertEquals(
                List.of(
                        message("/away", "while away", 1, false),
                        message("/kept", "retained", 1, false),
                        message("/kept", "", 1, false)),
                result.get("queued"));
    }

    private Map<?, ?> runInBrowser(int protocolVersion) {
        String node = InstalledProgram.find("node", "nodejs").toString();
        String chromium = InstalledProgram.find("chromium", "chromium").toString();
        Endpoint webSocket = broker.endpoint(Transport.WS);
        List<String> output =
                Tool.run(
                        List.of(
                                node,
                                FOLDER.resolve("run.mjs").toString(),
                                chromium,
                                "http://127.0.0.1:" + pages.getAddress().getPort() + "/page.html",
                                "ws://%s:%d/mqtt".formatted(webSocket.host(), webSocket.port()),
                                topic,
                                clientId,
                                String.valueOf(protocolVersion)));
        // JSON is a subset of YAML, for which there is a reader.
        Object result = new Load(LoadSettings.builder().build()).loadFromString(output.getLast());
        return (Map<?, ?>) result;
    }

    private Map<String, Object> live(int qos, boolean v5) {
        Map<String, Object> message = message("/live", "at " + qos, qos, false);
        if (v5) {
            message.put("contentType", "text/plain");
            message.put("userProperty", "says " + qos);
        }
        return message;
    }

    private Map<String, Object> message(String end, String payload, int qos, boolean retain) {
        Map<String, Object> message = new HashMap<>();
        message.put("topic", topic + end);
        message.put("payload", payload);
        message.put("qos", qos);
        message.put("retain", retain);
        return message;
    }

    private void serve(String path, String type, Path file) {
        pages.createContext(path, exchange -> answer(exchange, type, file));
    }

    private static void answer(HttpExchange exchange, String type, Path file) throws IOException {
        try (exchange) {
            byte[] content = Files.readAllBytes(file);
            exchange.getResponseHeaders().set("Content-Type", type);
            exchange.sendResponseHeaders(200, content.length);
            exchange.getResponseBody().write(content);
        }
    }
}
