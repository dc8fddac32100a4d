package io.carillon.net;

import io.carillon.mqtt.packet.QoS;
import io.carillon.mqtt.packet.ReasonCode;
import io.carillon.shard.Receipt;
import org.jspecify.annotations.Nullable;

/** The acknowledgement that a PUBLISH of QoS 1 or 2 waits for. */
final class PendingAck implements Receipt {
    private final AckQueue queue;
    private final int packetId;
    private final QoS qos;
    private volatile @Nullable ReasonCode outcome;

    PendingAck(AckQueue queue, int packetId, QoS qos) {
        this.queue = queue;
        this.packetId = packetId;
        this.qos = qos;
    }

    @Override
    public void done(ReasonCode outcome) {
        this.outcome = outcome;
        queue.advance();
    }

    int packetId() {
        return packetId;
    }

    QoS qos() {
        return qos;
    }

    /** The outcome, or null while it is open. */
    @Nullable ReasonCode outcome() {
        return outcome;
    }
}
