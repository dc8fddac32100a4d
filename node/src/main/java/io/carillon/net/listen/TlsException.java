package io.carillon.net.listen;

import org.jspecify.annotations.Nullable;

/** Certificates or keys that TLS cannot start with; the message names the file and the cause. */
final class TlsException extends Exception {
    private static final long serialVersionUID = 1L;

    TlsException(String message) {
        this(message, null);
    }

    TlsException(String message, @Nullable Throwable cause) {
        super(message, cause, false, false);
    }
}
