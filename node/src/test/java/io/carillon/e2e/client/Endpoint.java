package io.carillon.e2e.client;

import java.util.Optional;

/** Where a broker listens. WebSockets are at {@value #PATH}. */
public record Endpoint(Transport transport, String host, int port, Optional<ClientTls> tls) {
    static final String PATH = "/mqtt";

    /** The same listener, reached at another address. */
    public Endpoint at(String otherHost, int otherPort) {
        return new Endpoint(transport, otherHost, otherPort, tls);
    }

    /** The address in the form that Paho wants. */
    String uri() {
        return transport.scheme()
                + "://"
                + host
                + ":"
                + port
                + (transport.isWebSocket() ? PATH : "");
    }
}
