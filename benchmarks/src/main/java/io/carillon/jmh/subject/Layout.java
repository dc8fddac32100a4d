package io.carillon.jmh.subject;

import io.carillon.mqtt.packet.MessageProperties;
import io.carillon.mqtt.packet.MqttVersion;

/** The forms that a PUBLISH has on the wire. */
public enum Layout {
    V3_1_1,
    V5,
    V5_PROPERTIES;

    MqttVersion version() {
        return this == V3_1_1 ? MqttVersion.V3_1_1 : MqttVersion.V5;
    }

    MessageProperties properties() {
        return this == V5_PROPERTIES ? Sample.properties() : MessageProperties.NONE;
    }
}
