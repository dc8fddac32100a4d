package io.carillon.e2e.client;

/** A CONNECT that the broker refused. */
public final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int code;

    RefusedException(int code, Throwable cause) {
        super("refused with code " + code, cause);
        this.code = code;
    }

    /** The return or reason code, as the library tells it; -1 where it hides it. */
    public int code() {
        return code;
    }
}
