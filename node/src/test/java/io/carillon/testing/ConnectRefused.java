package io.carillon.testing;

import io.carillon.mqtt.packet.Connack;
import io.carillon.mqtt.packet.ReasonCode;
import java.io.IOException;

/** A CONNECT that the broker answered with a no. */
public final class ConnectRefused extends IOException {
    private static final long serialVersionUID = 1L;

    private final ReasonCode reason;

    ConnectRefused(String clientId, Connack connack) {
        super(clientId + " was refused: " + connack);
        this.reason = connack.reason();
    }

    public ReasonCode reason() {
        return reason;
    }
}
