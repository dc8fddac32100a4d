package io.carillon.storage;

import org.jspecify.annotations.Nullable;

/**
 * The store can't do what was asked; the message names the cause and the next step for a person.
 */
public final class StorageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StorageException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
