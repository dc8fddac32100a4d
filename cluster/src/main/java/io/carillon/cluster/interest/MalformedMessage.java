package io.carillon.cluster.interest;

/** What came from another node or from the shared map is not what this package writes. */
final class MalformedMessage extends RuntimeException {
    private static final long serialVersionUID = 1;

    MalformedMessage(String message) {
        super(message);
    }
}
