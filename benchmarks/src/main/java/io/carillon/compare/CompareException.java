package io.carillon.compare;

/** Why something could not be compared; the message says what to do about it. */
public final class CompareException extends Exception {
    private static final long serialVersionUID = 1;

    public CompareException(String message) {
        super(message);
    }

    public CompareException(String message, Throwable cause) {
        super(message, cause);
    }
}
