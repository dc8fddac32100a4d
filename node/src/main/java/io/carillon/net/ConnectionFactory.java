package io.carillon.net;

import io.carillon.loop.AnyThread;
import io.carillon.mqtt.packet.ReasonCode;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Makes the connections of all listeners and knows those that are open. */
@AnyThread
public final class ConnectionFactory {
    private final Broker broker;
    private final Set<Wire> open = ConcurrentHashMap.newKeySet();

    public ConnectionFactory(Broker broker) {
        this.broker = broker;
    }

    /**
     * The handler of a new channel, to be added last to its pipeline: it reads and writes MQTT's
     * bytes in {@code ByteBuf}s.
     */
    public Connection newConnection(ListenerInfo listener) {
        return new Connection(broker, listener, open);
    }

    /** Connections that are open, accepted or not. */
    public int openConnections() {
        return open.size();
    }

    /**
     * Ends connections, with that reason where the client can be told.
     *
     * @param max how many at most: whoever drains a node paces it
     * @return how many were told to end; 0 when none is left
     */
    public int close(int max, ReasonCode reason, String cause) {
        int count = 0;
        for (Wire wire : open) {
            if (count == max) {
                break;
            }
            if (wire.closeLater(reason, cause)) {
                count++;
            }
        }
        return count;
    }
}
