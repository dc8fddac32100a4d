package io.carillon.config;

/** A text that its key does not take; the message says what the key takes. No stack trace. */
final class InvalidValue extends Exception {
    private static final long serialVersionUID = 1L;

    InvalidValue(String cause) {
        super(cause, null, false, false);
    }
}
