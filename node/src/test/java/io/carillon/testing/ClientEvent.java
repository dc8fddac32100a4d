package io.carillon.testing;

import io.carillon.mqtt.packet.Publish;
import io.carillon.mqtt.packet.ReasonCode;

/** What a client learns from its broker. */
public sealed interface ClientEvent {

    /** A message came; copies of a QoS 2 message that the protocol tells apart are left out. */
    record Delivered(Publish publish) implements ClientEvent {}

    /** The last acknowledgement of a message that the client published. */
    record Completed(Publish publish, ReasonCode reason) implements ClientEvent {}
}
