package io.carillon.net;

import io.carillon.loop.AnyThread;
import io.carillon.mqtt.packet.Packet;
import io.carillon.mqtt.packet.Publish;
import io.carillon.mqtt.packet.ReasonCode;
import io.carillon.net.lane.NetCount;
import io.carillon.shard.Attached;
import io.carillon.shard.Outlet;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;

/** Carries what a shard says to a connection over to its event loop, in order. */
@AnyThread
final class ConnectionOutlet implements Outlet {
    private static final int PACKET_BYTES = 64;
    private static final AtomicLongFieldUpdater<ConnectionOutlet> UNDER_WAY =
            AtomicLongFieldUpdater.newUpdater(ConnectionOutlet.class, "underWay");

    private final Wire wire;
    private final int bytesMax;

    /** What was sent and is not encoded yet. */
    private volatile long underWay;

    ConnectionOutlet(Wire wire, int bytesMax) {
        this.wire = wire;
        this.bytesMax = bytesMax;
    }

    @Override
    public void attached(Attached attached) {
        wire.lane().post(() -> wire.attached(attached));
    }

    @Override
    public void refused(ReasonCode reason, String cause) {
        wire.lane().post(() -> wire.refused(reason, cause));
    }

    @Override
    public void send(List<Packet> packets) {
        long bytes = bytes(packets);
        UNDER_WAY.addAndGet(this, bytes);
        wire.lane()
                .post(
                        () -> {
                            wire.fromSession(packets);
                            long left = UNDER_WAY.addAndGet(this, -bytes);
                            if (left <= bytesMax && left + bytes > bytesMax) {
                                wire.writabilityChanged();
                            }
                        });
    }

    @Override
    public void close(ReasonCode reason, String cause) {
        wire.lane()
                .post(
                        () -> {
                            if (reason == ReasonCode.SESSION_TAKEN_OVER && !wire.isClosed()) {
                                wire.count(NetCount.TAKEOVERS);
                            }
                            wire.close(reason, cause);
                        });
    }

    @Override
    public boolean congested() {
        return wire.out().congested() || underWay > bytesMax;
    }

    @Override
    public void leaderChanged() {
        wire.lane().post(wire::leaderChanged);
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
