package io.carillon.bench;

/** A command line that the program does not understand; the message says what to write instead. */
final class UsageException extends Exception {
    private static final long serialVersionUID = 1;

    UsageException(String message) {
        super(message);
    }
}
