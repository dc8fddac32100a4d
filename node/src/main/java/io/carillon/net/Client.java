package io.carillon.net;

import io.carillon.auth.Identity;
import io.carillon.mqtt.packet.MqttVersion;
import org.jspecify.annotations.Nullable;

/**
 * A client that was let in.
 *
 * @param attachment the number that fences its connection
 * @param sessionExpirySeconds what its CONNECT asked for
 * @param method the method of enhanced authentication that its CONNECT named, or null
 */
record Client(
        String id,
        MqttVersion version,
        Identity identity,
        long attachment,
        long sessionExpirySeconds,
        @Nullable String method) {
    boolean isV5() {
        return version == MqttVersion.V5;
    }
}
