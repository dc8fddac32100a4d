package io.carillon.net.listen;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Errors of binding that a test cannot provoke on every machine. */
final class BindFailureTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "883 | bind(..) failed: Permission denied | permission denied; ports below 1024 need"
                        + " the capability CAP_NET_BIND_SERVICE, or choose a higher port",
                "8883 | Permission denied | permission denied by the system",
                "8883 | Socket is on fire | Socket is on fire"
            })
    void saysWhatToDo(int port, String cause, String text) {
        InetSocketAddress socket = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        assertEquals(
                "listener a cannot listen at 127.0.0.1:" + port + ": " + text,
                BindFailure.of("a", "127.0.0.1:" + port, socket, new IOException(cause))
                        .getMessage());
    }
}
