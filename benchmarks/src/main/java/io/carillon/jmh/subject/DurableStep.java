package io.carillon.jmh.subject;

import io.carillon.mqtt.packet.Message;
import io.carillon.mqtt.packet.MessageProperties;
import io.carillon.mqtt.packet.Puback;
import io.carillon.mqtt.packet.Pubcomp;
import io.carillon.mqtt.packet.Publish;
import io.carillon.mqtt.packet.Pubrec;
import io.carillon.mqtt.packet.Pubrel;
import io.carillon.mqtt.packet.QoS;
import io.carillon.mqtt.packet.ReasonCode;
import io.carillon.record.Queued;
import io.carillon.record.SessionRow;
import io.carillon.session.DurableSession;
import io.carillon.session.Inbound.Exchange;
import io.carillon.session.QueueLimits;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * A message through a durable session whose client is connected: queued, committed at once, sent,
 * and the packets of its exchange.
 */
@State(Scope.Thread)
public class DurableStep {
    private static final int RECEIVE_MAXIMUM = 100;
    private static final QueueLimits LIMITS =
            new QueueLimits(1_000, 16 << 20, false, RECEIVE_MAXIMUM);
    private static final SessionRow ROW =
            new SessionRow(42, "client", null, true, 3_600, 9, 0, false, 0, null, 0);

    private final Desk desk = new Desk();
    private final DurableSession session = DurableSession.opened(ROW, desk, LIMITS);
    private final Publish incoming =
            Sample.publish(Sample.TOPIC, QoS.EXACTLY_ONCE, 64, MessageProperties.NONE);
    private final Message message = incoming.message();

    @Setup
    public void setUp() {
        session.attach(RECEIVE_MAXIMUM);
    }

    @Benchmark
    public long toClientQos0() {
        send(QoS.AT_MOST_ONCE);
        return settle();
    }

    @Benchmark
    public long toClientQos1() {
        send(QoS.AT_LEAST_ONCE);
        session.acknowledge(new Puback(desk.lastPublishId()), desk);
        return settle();
    }

    @Benchmark
    public long toClientQos2() {
        send(QoS.EXACTLY_ONCE);
        session.acknowledge(new Pubrec(desk.lastPublishId()), desk);
        session.acknowledge(new Pubcomp(desk.lastPublishId()), desk);
        return settle();
    }

    @Benchmark
    public long fromClientQos2() {
        Exchange exchange = session.publish(incoming, desk);
        if (exchange == null) {
            throw new IllegalStateException("the exchange before is not over");
        }
        session.routed(exchange, ReasonCode.SUCCESS, desk);
        session.acknowledge(new Pubrel(incoming.packetId()), desk);
        return desk.records();
    }

    private void send(QoS qos) {
        Queued queued =
                session.outbox().offer(message, qos, false, Publish.NO_IDENTIFIERS, null, desk);
        if (queued == null) {
            throw new IllegalStateException("the queue of the session is full");
        }
        session.outbox().committed(queued.seq());
        session.outbox().pump(0, desk);
    }

    private long settle() {
        session.outbox().settled(session.outbox().doneEver());
        return desk.records();
    }
}
