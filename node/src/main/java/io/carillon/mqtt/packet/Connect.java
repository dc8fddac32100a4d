package io.carillon.mqtt.packet;

import org.jspecify.annotations.Nullable;

/**
 * CONNECT: a client asks for a session. Source: MQTT 5.0, 3.1.
 *
 * @param cleanStart clean start, or clean session in 3.x
 * @param keepAliveSeconds 0 to 65,535; 0 means none
 */
public record Connect(
        MqttVersion version,
        String clientId,
        boolean cleanStart,
        int keepAliveSeconds,
        @Nullable Will will,
        @Nullable String userName,
        byte @Nullable [] password,
        ConnectProperties properties)
        implements Packet {

    @Override
    public String toString() {
        return "Connect[" + version + ", " + clientId + ", cleanStart=" + cleanStart + "]";
    }
}
