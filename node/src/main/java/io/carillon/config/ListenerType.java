package io.carillon.config;

/** What a listener speaks. */
public enum ListenerType {
    /** MQTT over TCP. */
    MQTT(false, false),
    /** MQTT over TLS. */
    MQTTS(true, false),
    /** MQTT over WebSocket. */
    WS(false, true),
    /** MQTT over WebSocket over TLS. */
    WSS(true, true);

    private final boolean tls;
    private final boolean webSocket;

    ListenerType(boolean tls, boolean webSocket) {
        this.tls = tls;
        this.webSocket = webSocket;
    }

    public boolean isTls() {
        return tls;
    }

    public boolean isWebSocket() {
        return webSocket;
    }
}
