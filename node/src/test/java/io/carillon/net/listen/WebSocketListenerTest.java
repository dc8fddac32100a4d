package io.carillon.net.listen;

import static io.carillon.net.listen.ListenersUnderTest.listener;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** MQTT's bytes over WebSocket, with the JDK's client. */
final class WebSocketListenerTest {
    private static final byte CLOSE_FRAME = (byte) 0x88;
    private static final int NORMAL = 1000;
    private static final int PROTOCOL_ERROR = 1002;
    private static final int NOT_THIS_KIND_OF_DATA = 1003;
    private static final int TOO_BIG = 1009;

    /** The server answers with the sub-protocol that it chose [MQTT-6.0.0-4] [MQTT3-6.0.0-4]. */
    @ParameterizedTest
    @CsvSource({"mqtt,", "mqtt, mqttv3.1", "mqttv3.1, mqtt", "chat, mqtt"})
    void agreesOnMqtt(String first, String second) throws Exception {
        try (ListenersUnderTest open = ListenersUnderTest.open(listener("a", "ws"))) {
            WebSocket client = connect(open, "/mqtt", new WebSocketRecorder(), first, second);
            assertEquals("mqtt", client.getSubprotocol());
        }
    }

    @Test
    void agreesOnTheNameOfOldClients() throws Exception {
        try (ListenersUnderTest open = ListenersUnderTest.open(listener("a", "ws"))) {
            WebSocket client = connect(open, "/mqtt", new WebSocketRecorder(), "mqttv3.1", null);
            assertEquals("mqttv3.1", client.getSubprotocol());
        }
    }

    /** A client has to offer the sub-protocol [MQTT-6.0.0-3] [MQTT3-6.0.0-3]. */
    @Test
    void withoutTheSubProtocolIsNoWebSocket() throws Exception {
        try (ListenersUnderTest open = ListenersUnderTest.open(listener("a", "ws"))) {
            for (String offered : new String[] {null, "chat", "MQTT"}) {
                ExecutionException refused =
                        assertThrows(
                                ExecutionException.class,
                                () ->
                                        connect(
                                                open,
                                                "/mqtt",
                                                new WebSocketRecorder(),
                                                offered,
                                                null));
                WebSocketHandshakeException cause =
                        (WebSocketHandshakeException) refused.getCause();
                assertEquals(400, cause.getResponse().statusCode());
            }
            assertEquals(3, open.counts.webSocketRefusals().sum());
        }
    }

    /**
     * Packets need not end where frames end [MQTT-6.0.0-2] [MQTT3-6.0.0-2]; what comes back is in
     * binary frames [MQTT-6.0.0-1] [MQTT3-6.0.0-1].
     */
    @Test
    void framesAreABareStreamOfBytes() throws Exception {
        try (ListenersUnderTest open = ListenersUnderTest.open(listener("a", "ws"))) {
            WebSocketRecorder seen = new WebSocketRecorder();
            WebSocket client = connect(open, "/mqtt", seen, "mqtt", null);
            client.sendBinary(bytes("one"), false).get();
            client.sendBinary(bytes("two"), false).get();
            client.sendBinary(bytes(""), true).get();
            client.sendBinary(bytes("three"), true).get();
            assertEquals("onetwothree", seen.text(11));
        }
    }

    /** Any other kind of data ends the connection [MQTT-6.0.0-1] [MQTT3-6.0.0-1]. */
    @Test
    void aTextFrameEndsTheConnection() throws Exception {
        try (ListenersUnderTest open = ListenersUnderTest.open(listener("a", "ws"))) {
            WebSocketRecorder seen = new WebSocketRecorder();
            connect(open, "/mqtt", seen, "mqtt", null).sendText("hello", true).get();
            assertEquals(NOT_THIS_KIND_OF_DATA, seen.closeCode());
        }
    }

    @Test
    void pingIsAnsweredAndCloseToo() throws Exception {
        try (ListenersUnderTest open = ListenersUnderTest.open(listener("a", "ws"))) {
            WebSocketRecorder seen = new WebSocketRecorder();
            WebSocket client = connect(open, "/mqtt", seen, "mqtt", null);
            client.sendPing(bytes("there?")).get();
            assertEquals("there?", seen.pong());
            client.sendClose(NORMAL, "done").get();
            assertEquals(NORMAL, seen.closeCode());
        }
    }

    @Test
    void theBrokerSaysGoodbye() throws Exception {
        try (ListenersUnderTest open = ListenersUnderTest.open(listener("a", "ws"))) {
            WebSocketRecorder seen = new WebSocketRecorder();
            connect(open, "/mqtt", seen, "mqtt", null).sendBinary(bytes("bye"), true).get();
            assertEquals("bye", seen.text(3));
            assertEquals(NORMAL, seen.closeCode());
        }
    }

    @Test
    void aFrameBeyondTheLimitEndsTheConnection() throws Exception {
        try (ListenersUnderTest open = ListenersUnderTest.open(listener("a", "ws"))) {
            WebSocketRecorder seen = new WebSocketRecorder();
            connect(open, "/mqtt", seen, "mqtt", null)
                    .sendBinary(ByteBuffer.allocate(ListenersUnderTest.FRAME_BYTES_MAX + 1), true);
            assertEquals(TOO_BIG, seen.closeCode());
        }
    }

    /** Bytes that are there before the handshake is answered are no frames. */
    @Test
    void bytesBehindTheRequestEndTheConnection() throws Exception {
        try (ListenersUnderTest open = ListenersUnderTest.open(listener("a", "ws"));
                Socket client = open.connect("a")) {
            client.getOutputStream()
                    .write((handshake("/mqtt") + "\r\nxxxxxxxx").getBytes(US_ASCII));
            byte[] all = client.getInputStream().readAllBytes();
            String answer = new String(all, ISO_8859_1);
            assertTrue(answer.startsWith("HTTP/1.1 101 "), answer);
            ByteBuffer frame = ByteBuffer.wrap(all, answer.indexOf("\r\n\r\n") + 4, 4);
            assertEquals(CLOSE_FRAME, frame.get());
            frame.get(); // its length
            assertEquals(PROTOCOL_ERROR, frame.getShort());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET / HTTP/1.1                          | 404 Not Found",
                "POST /mqtt/x?mqtt HTTP/1.1              | 404 Not Found",
                "GET /mqtt HTTP/1.1                      | 426 Upgrade Required",
                "POST /mqtt HTTP/1.1                     | 426 Upgrade Required",
                "nonsense                                | 400 Bad Request",
            })
    void otherRequestsGetAnAnswer(String line, String status) throws Exception {
        try (ListenersUnderTest open = ListenersUnderTest.open(listener("a", "ws"))) {
            assertEquals("HTTP/1.1 " + status, answer(open, line + "\r\nHost: x\r\n\r\n"));
        }
    }

    @Test
    void aRequestHasLimits() throws Exception {
        try (ListenersUnderTest open = ListenersUnderTest.open(listener("a", "ws"))) {
            String longLine = "GET /" + "x".repeat(5_000) + " HTTP/1.1\r\n\r\n";
            assertEquals("HTTP/1.1 414 Request-URI Too Long", answer(open, longLine));
            String longHeader = handshake("/mqtt") + "X: " + "x".repeat(9_000) + "\r\n\r\n";
            assertEquals("HTTP/1.1 431 Request Header Fields Too Large", answer(open, longHeader));
            String otherVersion = handshake("/mqtt").replace(": 13", ": 8") + "\r\n";
            assertEquals("HTTP/1.1 426 Upgrade Required", answer(open, otherVersion));
            String noKey = handshake("/mqtt").replaceAll("Sec-WebSocket-Key.*\r\n", "") + "\r\n";
            assertEquals("HTTP/1.1 400 Bad Request", answer(open, noKey));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/mqtt", "/deep/er"})
    void worksOverTlsAndOnAnyPath(String path, @TempDir Path folder) throws Exception {
        TestPki pki = new TestPki(folder);
        try (ListenersUnderTest open =
                        ListenersUnderTest.open(
                                pki.listener("a", "wss", "listeners.a.path=" + path));
                HttpClient http =
                        HttpClient.newBuilder().sslContext(pki.clientContext(null)).build()) {
            WebSocketRecorder seen = new WebSocketRecorder();
            WebSocket client =
                    http.newWebSocketBuilder()
                            .subprotocols("mqtt")
                            .buildAsync(uri("wss", open, path + "?user=x"), seen)
                            .get();
            client.sendBinary(bytes("secret"), true).get();
            assertEquals("secret", seen.text(6));
            client.abort();
        }
    }

    private static WebSocket connect(
            ListenersUnderTest open,
            String path,
            WebSocketRecorder seen,
            String first,
            String second)
            throws Exception {
        WebSocket.Builder builder = HttpClient.newHttpClient().newWebSocketBuilder();
        if (first != null) {
            builder.subprotocols(first, second == null ? new String[0] : new String[] {second});
        }
        return builder.buildAsync(uri("ws", open, path), seen).get();
    }

    private static URI uri(String scheme, ListenersUnderTest open, String path) {
        return URI.create(scheme + "://127.0.0.1:" + open.address("a").getPort() + path);
    }

    /** The first line of the answer; the connection has to end after it. */
    private static String answer(ListenersUnderTest open, String request) throws IOException {
        try (Socket client = open.connect("a")) {
            client.getOutputStream().write(request.getBytes(US_ASCII));
            String answer = new String(client.getInputStream().readAllBytes(), US_ASCII);
            return answer.lines().findFirst().orElse("");
        }
    }

    /** The head of a good handshake request, without the empty line at its end. */
    private static String handshake(String path) {
        return "GET "
                + path
                + " HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: keep-alive, Upgrade\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Protocol: mqtt\r\n";
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(US_ASCII));
    }
}
