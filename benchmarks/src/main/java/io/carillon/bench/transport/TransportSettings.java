package io.carillon.bench.transport;

import org.jspecify.annotations.Nullable;

/**
 * What the user wants between TCP and MQTT.
 *
 * @param tls null for no TLS
 * @param webSocketPath null for no WebSocket
 */
public record TransportSettings(@Nullable TlsSettings tls, @Nullable String webSocketPath) {
    public static final TransportSettings PLAIN = new TransportSettings(null, null);
}
