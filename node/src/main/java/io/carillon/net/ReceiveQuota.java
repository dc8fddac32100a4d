package io.carillon.net;

import io.carillon.loop.OnEventLoop;
import io.carillon.mqtt.packet.Packet;
import io.carillon.mqtt.packet.Puback;
import io.carillon.mqtt.packet.Pubcomp;
import io.carillon.mqtt.packet.Pubrec;
import io.carillon.mqtt.packet.ReasonCode;
import io.carillon.net.lane.ReadGate;
import io.carillon.session.ProtocolViolation;

/**
 * How many QoS 1 and 2 messages a client may still send until we answer. 5.0 clients know the
 * number and break the protocol beyond it [MQTT-3.3.4-7]; with others we stop reading until there
 * is room.
 */
@OnEventLoop
final class ReceiveQuota {
    private final int receiveMaximum;
    private final boolean announced;
    private final ReadGate gate;
    private int unfinished;

    ReceiveQuota(int receiveMaximum, boolean announced, ReadGate gate) {
        this.receiveMaximum = receiveMaximum;
        this.announced = announced;
        this.gate = gate;
    }

    /**
     * A message has come.
     *
     * @throws ProtocolViolation if it is one too many
     */
    void take() {
        if (announced && unfinished >= receiveMaximum) {
            throw new ProtocolViolation(
                    ReasonCode.RECEIVE_MAXIMUM_EXCEEDED,
                    "more than " + receiveMaximum + " unfinished messages");
        }
        unfinished++;
        if (!announced && unfinished >= receiveMaximum) {
            gate.shut(ReadGate.Reason.ACKNOWLEDGEMENTS);
        }
    }

    /** A packet leaves for the client; it may finish a message. */
    void sent(Packet packet) {
        if (unfinished > 0 && finishes(packet)) {
            unfinished--;
            if (!announced && unfinished < receiveMaximum) {
                gate.open(ReadGate.Reason.ACKNOWLEDGEMENTS);
            }
        }
    }

    /**
     * In 5.0 a QoS 2 message is unfinished until PUBCOMP. Without announcement it counts until
     * PUBREC: the client's PUBREL must be read for it to go on.
     */
    private boolean finishes(Packet packet) {
        return switch (packet) {
            case Puback _ -> true;
            case Pubrec pubrec -> !announced || pubrec.reason().isError();
            case Pubcomp _ -> announced;
            default -> false;
        };
    }
}
