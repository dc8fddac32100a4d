package io.carillon.node;

/**
 * A node that cannot start, for a reason that its operator can mend. The message is one sentence or
 * two: the cause and the next step. No stack trace.
 */
public final class StartException extends Exception {
    private static final long serialVersionUID = 1L;

    public StartException(String message) {
        super(message, null, false, false);
    }
}
