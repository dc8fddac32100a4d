package io.carillon.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class GivenBrokerTest {

    @Test
    void hasAProcess() throws CompareException {
        assertEquals(
                new GivenBroker("emq-5.8", "127.0.0.1", 1883, OptionalLong.of(4711)),
                GivenBroker.parse("emq-5.8=127.0.0.1:1883:4711"));
    }

    @Test
    void mayHaveNoneAndAnAddressWithColons() throws CompareException {
        assertEquals(
                new GivenBroker("other", "[::1]", 1884, OptionalLong.empty()),
                GivenBroker.parse("other=[::1]:1884"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "emq",
                "emq=host",
                "=host:1",
                "emq=:1883",
                "emq=host:0",
                "emq=host:65536",
                "emq=host:1883:me",
                "../emq=host:1883",
                "emq=::1:1883",
            })
    void saysHowToWriteIt(String text) {
        CompareException e = assertThrows(CompareException.class, () -> GivenBroker.parse(text));

        assertTrue(e.getMessage().contains("NAME=HOST:PORT:PID"), e.getMessage());
        assertTrue(e.getMessage().contains("'" + text + "'"), e.getMessage());
    }
}
