package io.carillon.session;

import io.carillon.mqtt.packet.ReasonCode;

/**
 * A packet that is well formed and yet not allowed at this moment: the connection ends with it
 * [MQTT-4.13.1-1] [MQTT3-4.8.0-1]. The message names the cause. Has no stack trace.
 */
public final class ProtocolViolation extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ReasonCode reason;

    public ProtocolViolation(ReasonCode reason, String cause) {
        super(cause, null, false, false);
        this.reason = reason;
    }

    /** What DISCONNECT says. */
    public ReasonCode reason() {
        return reason;
    }
}
