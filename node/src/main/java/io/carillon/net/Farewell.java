package io.carillon.net;

import io.carillon.mqtt.packet.ReasonCode;
import org.jspecify.annotations.Nullable;

/** What a client is told when it is sent away. */
final class Farewell {
    private Farewell() {}

    /** The reason string: the cause, but not why credentials were not believed. */
    static @Nullable String reasonString(ReasonCode reason, String cause) {
        return switch (reason) {
            case BAD_USER_NAME_OR_PASSWORD, NOT_AUTHORIZED, BANNED, UNSPECIFIED_ERROR -> null;
            default -> cause;
        };
    }
}
