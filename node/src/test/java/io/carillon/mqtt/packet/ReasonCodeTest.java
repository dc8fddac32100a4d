package io.carillon.mqtt.packet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReasonCodeTest {
    @ParameterizedTest
    @EnumSource
    void aCodeIsFoundByItsValue(ReasonCode code) {
        assertSame(code, ReasonCode.of(code.value()));
        assertEquals(code.value() >= 0x80, code.isError());
    }

    @Test
    void valuesThatTheStandardDoesNotNameHaveNoCode() {
        assertNull(ReasonCode.of(0x03));
        assertNull(ReasonCode.of(0xFF));
    }

    @Test
    void aGrantedQosHasItsCode() {
        assertEquals(0, ReasonCode.granted(QoS.AT_MOST_ONCE).value());
        assertEquals(1, ReasonCode.granted(QoS.AT_LEAST_ONCE).value());
        assertEquals(2, ReasonCode.granted(QoS.EXACTLY_ONCE).value());
    }
}
