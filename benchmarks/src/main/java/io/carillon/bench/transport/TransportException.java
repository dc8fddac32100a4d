package io.carillon.bench.transport;

/** TLS or WebSocket that cannot be; the message says why and what to look at. */
public final class TransportException extends Exception {
    private static final long serialVersionUID = 1;

    private final String reason;

    TransportException(String reason) {
        super(reason);
        this.reason = reason;
    }

    TransportException(String reason, Throwable cause) {
        super(reason, cause);
        this.reason = reason;
    }

    /** The message, which is always there. */
    public String reason() {
        return reason;
    }
}
