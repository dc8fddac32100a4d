package io.carillon.mqtt.packet;

import org.jspecify.annotations.Nullable;

/** AUTH: a step of enhanced authentication, either way. Source: MQTT 5.0, 3.15. */
public record Auth(
        ReasonCode reason,
        @Nullable String method,
        byte @Nullable [] data,
        @Nullable String reasonString,
        UserProperties userProperties)
        implements Packet {}
