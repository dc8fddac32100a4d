package io.carillon.cluster.link.grpc;

/** Links that cannot be started; the message says why, and what to do. */
public final class LinkException extends Exception {
    private static final long serialVersionUID = 1L;

    LinkException(String message, Throwable cause) {
        super(message, cause);
    }
}
