package io.carillon.net;

import io.carillon.mqtt.packet.Packet;
import io.carillon.mqtt.packet.ReasonCode;
import org.jspecify.annotations.Nullable;

/**
 * What a connection does with packets: first it lets the client in, then it serves it. On the event
 * loop.
 */
sealed interface Stage permits ConnectFlow, Conversation {
    /** A packet has come. */
    void packet(Packet packet);

    /** No more packets in this turn. */
    void turnEnded();

    /** The client takes packets again. */
    void writable();

    /** What a client of this stage is told when we end the connection, or null for nothing. */
    @Nullable Packet farewell(ReasonCode reason, String cause);

    /** The connection is closed; called once. */
    void ended();

    /** Who it is, for logs. */
    String clientName();
}
