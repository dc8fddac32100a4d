package io.carillon.cluster.link;

/** A frame that makes no sense: the wire is closed. No stack trace. */
final class FrameDamaged extends Exception {
    private static final long serialVersionUID = 1L;

    FrameDamaged(String message) {
        super(message, null, false, false);
    }
}
