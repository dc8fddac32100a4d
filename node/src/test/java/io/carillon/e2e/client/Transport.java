package io.carillon.e2e.client;

/** How a client reaches the broker; each has a listener of its type. */
public enum Transport {
    TCP("mqtt", "tcp"),
    TLS("mqtts", "ssl"),
    WS("ws", "ws"),
    WSS("wss", "wss");

    private final String listenerType;
    private final String scheme;

    Transport(String listenerType, String scheme) {
        this.listenerType = listenerType;
        this.scheme = scheme;
    }

    /** The value of {@code listeners.NAME.type}. */
    public String listenerType() {
        return listenerType;
    }

    public boolean isTls() {
        return this == TLS || this == WSS;
    }

    public boolean isWebSocket() {
        return this == WS || this == WSS;
    }

    /** The scheme of Paho's server addresses. */
    String scheme() {
        return scheme;
    }
}
