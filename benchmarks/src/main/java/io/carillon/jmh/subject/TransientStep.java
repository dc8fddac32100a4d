package io.carillon.jmh.subject;

import io.carillon.mqtt.packet.Message;
import io.carillon.mqtt.packet.MessageProperties;
import io.carillon.mqtt.packet.Packet;
import io.carillon.mqtt.packet.Puback;
import io.carillon.mqtt.packet.Pubcomp;
import io.carillon.mqtt.packet.Publish;
import io.carillon.mqtt.packet.Pubrec;
import io.carillon.mqtt.packet.Pubrel;
import io.carillon.mqtt.packet.QoS;
import io.carillon.session.Delivery;
import io.carillon.session.QueueLimits;
import io.carillon.session.TransientSession;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/**
 * A message through a transient session, with the packets of its exchange; QoS 0 passes the session
 * by.
 */
@State(Scope.Thread)
public class TransientStep {
    private static final int RECEIVE_MAXIMUM = 100;
    private static final QueueLimits LIMITS =
            new QueueLimits(1_000, 16 << 20, false, RECEIVE_MAXIMUM);
    private static final int PACKET_ID = 7;

    private final TransientSession session =
            new TransientSession(
                    RECEIVE_MAXIMUM,
                    LIMITS,
                    (delivery, cause) -> {
                        throw new IllegalStateException(delivery + " dropped: " + cause);
                    });
    private final Message message =
            Sample.publish(Sample.TOPIC, QoS.AT_MOST_ONCE, 64, MessageProperties.NONE).message();

    @Benchmark
    public @Nullable Packet toClientQos1() {
        Publish sent = send(QoS.AT_LEAST_ONCE);
        session.puback(new Puback(sent.packetId()));
        return sent;
    }

    @Benchmark
    public @Nullable Packet toClientQos2() {
        Publish sent = send(QoS.EXACTLY_ONCE);
        Packet pubrel = session.pubrec(new Pubrec(sent.packetId()));
        session.pubcomp(new Pubcomp(sent.packetId()));
        return pubrel;
    }

    @Benchmark
    public void fromClientQos2(Blackhole sink) {
        sink.consume(session.receive(PACKET_ID));
        sink.consume(session.pubrel(new Pubrel(PACKET_ID)));
    }

    private Publish send(QoS qos) {
        session.add(new Delivery(message, qos, false, Publish.NO_IDENTIFIERS, null));
        Publish sent = session.next(0);
        if (sent == null) {
            throw new IllegalStateException("the window of the session is full");
        }
        return sent;
    }
}
