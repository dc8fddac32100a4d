package io.carillon.net.listen;

/**
 * The limits of all listeners together.
 *
 * @param connectionsMax connections at once; further ones are told so and closed
 * @param handshakeTimeoutMillis longest time for a TLS handshake
 * @param frameBytesMax largest WebSocket frame from a client
 */
public record ListenLimits(int connectionsMax, long handshakeTimeoutMillis, int frameBytesMax) {}
