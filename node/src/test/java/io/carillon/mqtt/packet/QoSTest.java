package io.carillon.mqtt.packet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class QoSTest {
    @ParameterizedTest
    @EnumSource
    void aLevelIsFoundByItsNumber(QoS qos) {
        assertSame(qos, QoS.of(qos.level()));
        assertEquals(qos.level() > 0, qos.acknowledged());
        assertSame(qos, qos.min(QoS.EXACTLY_ONCE));
        assertSame(qos, qos.max(QoS.AT_MOST_ONCE));
    }

    @Test
    void thereIsNoFourthLevel() {
        assertThrows(IllegalArgumentException.class, () -> QoS.of(3));
        assertThrows(IllegalArgumentException.class, () -> QoS.of(-1));
    }

    @Test
    void only5HasProperties() {
        assertFalse(MqttVersion.V3_1.hasProperties());
        assertFalse(MqttVersion.V3_1_1.hasProperties());
        assertEquals(5, MqttVersion.V5.level());
    }
}
