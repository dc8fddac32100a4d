package io.carillon.mqtt.packet;

/**
 * A topic name or filter that the standard does not allow; the message names the cause. No stack
 * trace.
 */
public final class InvalidTopic extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public InvalidTopic(String cause) {
        super(cause, null, false, false);
    }
}
