package io.carillon.peers.session;

import io.carillon.cluster.NodeId;
import io.carillon.loop.AnyThread;
import io.carillon.loop.Loop;
import io.carillon.mqtt.packet.Packet;
import io.carillon.mqtt.packet.Publish;
import io.carillon.mqtt.packet.ReasonCode;
import io.carillon.peers.SessionMessage;
import io.carillon.shard.Attached;
import io.carillon.shard.Outlet;
import io.carillon.shard.Shards;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A connection of another node, as a shard of this one sees it: what the shard says is carried to
 * the cluster loop, and from there to that node, in order.
 */
final class RemoteOutlet implements Outlet {
    private static final long BYTES_MAX = 1 << 20;
    private static final int PACKET_BYTES = 64;

    private final Guests guests;
    private final Loop loop;
    private final Shards shards;
    private final NodeId node;
    private final long number;
    private final String clientId;

    /** What was sent, and has not been given to the peer's link yet. */
    private final AtomicLong underWay = new AtomicLong();

    private volatile boolean congested;
    private volatile boolean broken;

    // On the cluster loop.

    /** 0 until it is known. */
    long attachment;

    /** Whether nobody listens any more. */
    boolean gone;

    RemoteOutlet(
            Guests guests, Loop loop, Shards shards, NodeId node, long number, String clientId) {
        this.guests = guests;
        this.loop = loop;
        this.shards = shards;
        this.node = node;
        this.number = number;
        this.clientId = clientId;
    }

    NodeId node() {
        return node;
    }

    long number() {
        return number;
    }

    String clientId() {
        return clientId;
    }

    @Override
    @AnyThread
    public void attached(Attached attached) {
        loop.execute(
                () ->
                        guests.attached(
                                this,
                                attached.attachment(),
                                attached.sessionPresent(),
                                attached.durable()));
    }

    @Override
    @AnyThread
    public void refused(ReasonCode reason, String cause) {
        loop.execute(() -> guests.over(this, new SessionMessage.Refused(number, reason, cause)));
    }

    @Override
    @AnyThread
    public void send(List<Packet> packets) {
        long bytes = bytes(packets);
        underWay.addAndGet(bytes);
        loop.execute(
                () -> {
                    guests.tell(this, new SessionMessage.ToClient(number, packets));
                    long left = underWay.addAndGet(-bytes);
                    if (left <= BYTES_MAX && left + bytes > BYTES_MAX) {
                        shards.drained(clientId, attachment);
                    }
                });
    }

    @Override
    @AnyThread
    public void close(ReasonCode reason, String cause) {
        loop.execute(() -> guests.tell(this, new SessionMessage.Close(number, reason, cause)));
    }

    @Override
    @AnyThread
    public boolean congested() {
        return congested || broken || underWay.get() > BYTES_MAX;
    }

    /** The node of the connection says whether that takes more. On the cluster loop. */
    void congested(boolean value) {
        congested = value;
        if (!value) {
            shards.drained(clientId, attachment);
        }
    }

    boolean isBroken() {
        return broken;
    }

    /** The node did not take what it was told: nothing more goes there. On the cluster loop. */
    void breakOff() {
        broken = true;
    }

    private static long bytes(List<Packet> packets) {
        long bytes = 0;
        for (Packet packet : packets) {
            bytes += PACKET_BYTES;
            if (packet instanceof Publish publish) {
                bytes += publish.message().bytes();
            }
        }
        return bytes;
    }
}
