package io.carillon.net;

import io.carillon.mqtt.packet.Connect;
import io.carillon.mqtt.packet.ReasonCode;
import io.carillon.mqtt.packet.Will;
import io.carillon.session.ProtocolViolation;

/** What a CONNECT may ask for, before it is known who sent it. */
final class ConnectChecks {
    private ConnectChecks() {}

    /**
     * Checks a CONNECT.
     *
     * @throws ProtocolViolation with the reason for CONNACK
     */
    static void check(Connect connect, ClientLimits limits) {
        if (connect.clientId().isEmpty() && !limits.emptyClientId()) {
            // [MQTT-3.1.3-8] [MQTT3-3.1.3-9]
            throw new ProtocolViolation(
                    ReasonCode.CLIENT_IDENTIFIER_NOT_VALID, "the client id is empty");
        }
        Will will = connect.will();
        if (will == null) {
            return;
        }
        if (will.qos().level() > limits.maximumQos().level()) {
            // [MQTT-3.2.2-12]
            throw new ProtocolViolation(
                    ReasonCode.QOS_NOT_SUPPORTED, "the will has QoS " + will.qos().level());
        }
        if (will.retain() && !limits.retainAvailable()) {
            // [MQTT-3.2.2-13]
            throw new ProtocolViolation(
                    ReasonCode.RETAIN_NOT_SUPPORTED, "the will is a retained message");
        }
    }
}
