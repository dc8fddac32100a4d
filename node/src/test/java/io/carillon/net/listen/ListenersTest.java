package io.carillon.net.listen;

import static io.carillon.net.listen.ListenersUnderTest.listener;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Listeners without TLS: opening, the errors of opening, and the limit of connections. */
final class ListenersTest {

    @Test
    void anyFreePortIsReportedAndServed() throws Exception {
        try (ListenersUnderTest open = ListenersUnderTest.open(listener("a", "mqtt"));
                Socket client = open.connect("a")) {
            assertTrue(
                    open.listeners.bound().getFirst().toString().startsWith("a mqtt 127.0.0.1:"));
            assertEchoes(client);
        }
    }

    @Test
    void servesWithoutEpoll() throws Exception {
        try (ListenersUnderTest open = ListenersUnderTest.openNio(listener("a", "mqtt"));
                Socket client = open.connect("a")) {
            assertEchoes(client);
        }
    }

    @Test
    void anAddressInUseIsNamedAndNothingStaysOpen() throws Exception {
        int first = freePort();
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String address = "127.0.0.1:" + taken.getLocalPort();
            ListenException error =
                    assertThrows(
                            ListenException.class,
                            () ->
                                    ListenersUnderTest.open(
                                            "listeners.a.type=mqtt",
                                            "listeners.a.bind=127.0.0.1:" + first,
                                            "listeners.b.type=ws",
                                            "listeners.b.bind=" + address));
            assertEquals(
                    "listener b cannot listen at "
                            + address
                            + ": the address is in use; is another broker running? Stop it, or"
                            + " choose another port (0 takes any free one)",
                    error.getMessage());
            assertThrows(
                    ConnectException.class,
                    () -> new Socket(InetAddress.getLoopbackAddress(), first));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "no-such-host.invalid:0, there is no host named no-such-host.invalid",
        "192.0.2.1:0, this machine has no such address"
    })
    void anAddressThatIsNotOursIsNamed(String address, String cause) {
        ListenException error =
                assertThrows(
                        ListenException.class,
                        () ->
                                ListenersUnderTest.open(
                                        "listeners.a.type=mqtt", "listeners.a.bind=" + address));
        String expected = "listener a cannot listen at " + address + ": " + cause;
        assertTrue(error.getMessage().startsWith(expected), error.getMessage());
    }

    /** A client over the limit is told so in its version's words. */
    @ParameterizedTest
    @CsvSource({
        "100d00044d5154540502003c000000, 2003009700",
        "100c00044d5154540402003c0000, 20020003",
        "100e00064d51497364700302003c0000, 20020003",
        "c000, ''"
    })
    void aClientOverTheLimitIsToldWhy(String connect, String answer) throws Exception {
        try (ListenersUnderTest open =
                        ListenersUnderTest.open(listener("a", "mqtt", "mqtt.maxConnections=1"));
                Socket first = open.connect("a")) {
            assertEchoes(first);
            try (Socket second = open.connect("a")) {
                second.getOutputStream().write(HexFormat.of().parseHex(connect));
                assertEquals(
                        answer, HexFormat.of().formatHex(second.getInputStream().readAllBytes()));
            }
            assertEquals(1, open.counts.refusals().sum());
            assertEchoes(first);
        }
    }

    @Test
    void closingStopsAcceptingAndKeepsConnections() throws Exception {
        try (ListenersUnderTest open = ListenersUnderTest.open(listener("a", "mqtt"));
                Socket client = open.connect("a")) {
            assertEchoes(client);
            open.listeners.close();
            assertThrows(IOException.class, () -> open.connect("a").close());
            assertEchoes(client);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    static void assertEchoes(Socket client) throws IOException {
        byte[] sent = "hello".getBytes(US_ASCII);
        client.getOutputStream().write(sent);
        assertArrayEquals(sent, client.getInputStream().readNBytes(sent.length));
    }
}
