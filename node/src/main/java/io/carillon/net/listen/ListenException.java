package io.carillon.net.listen;

/**
 * A listener that cannot start. Its message names the listener, what is wrong and what to do. No
 * stack trace: the message is for whoever runs the broker.
 */
public final class ListenException extends Exception {
    private static final long serialVersionUID = 1L;

    public ListenException(String message) {
        super(message, null, false, false);
    }
}
