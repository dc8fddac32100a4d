package io.carillon.bench.client;

/** A client that could not connect or subscribe; the message says why and what to look at. */
public final class LoadException extends Exception {
    private static final long serialVersionUID = 1;

    public LoadException(String message) {
        super(message);
    }

    public LoadException(String message, Throwable cause) {
        super(message, cause);
    }
}
