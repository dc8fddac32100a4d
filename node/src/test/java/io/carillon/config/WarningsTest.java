package io.carillon.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is allowed and named at start, because it is probably not meant. */
final class WarningsTest {

    @ParameterizedTest
    @CsvSource({
        "false,    127.0.0.1:0, no client can connect",
        "loopback, 0.0.0.0:0,   only clients on this host can connect",
        "loopback, '[::]:0',    only clients on this host can connect",
        "loopback, '[::1]:0',   ''",
        "loopback, localhost:0, ''",
        "true,     0.0.0.0:0,   whoever reaches the listeners",
        "true,     127.0.0.1:0, ''"
    })
    void ofAnonymousAccess(String policy, String bind, String words) throws ConfigException {
        var warnings =
                Configs.read("", "auth.allowAnonymous=" + policy, "listeners.tcp.bind=" + bind)
                        .warnings();
        assertEquals(words.isEmpty() ? 0 : 1, warnings.size());
        assertTrue(words.isEmpty() || warnings.getFirst().contains(words), warnings.toString());
    }
}
