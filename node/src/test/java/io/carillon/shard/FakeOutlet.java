package io.carillon.shard;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.carillon.mqtt.packet.Packet;
import io.carillon.mqtt.packet.ReasonCode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A connection that writes down what its shard says, and checks that the order is allowed. */
final class FakeOutlet implements Outlet {
    @Nullable Attached attached;
    @Nullable ReasonCode refused;
    @Nullable ReasonCode closed;
    String cause = "";
    final List<Packet> sent = new ArrayList<>();

    /** Whether the client is gone: nobody looks at what is said. */
    boolean gone;

    /** What a connection does that is told that it is attached when it is gone. */
    Consumer<Attached> whenTooLate = attached -> {};

    /** What a connection does that was attached and is told to close. */
    Consumer<Attached> whenClosed = attached -> {};

    /** Whether it says that it takes no more. */
    boolean congested;

    /** After so many packets it says so by itself. */
    int congestedFrom = Integer.MAX_VALUE;

    @Override
    public void attached(Attached answer) {
        assertNull(attached, "attached twice");
        assertNull(refused, "attached though refused");
        assertNull(closed, "attached though closed");
        attached = answer;
        if (gone) {
            whenTooLate.accept(answer);
        }
    }

    @Override
    public void refused(ReasonCode reason, String why) {
        assertTrue(
                attached == null || reason == ReasonCode.USE_ANOTHER_SERVER,
                "refused though attached");
        assertNull(refused, "refused twice");
        assertTrue(reason.isError());
        assertFalse(why.isBlank());
        refused = reason;
        cause = why;
    }

    @Override
    public void send(List<Packet> packets) {
        assertNotNull(attached, "packets before attached");
        assertTrue(attached.durable(), "packets for a transient session");
        assertNull(closed, "packets behind the close");
        sent.addAll(packets);
    }

    @Override
    public void close(ReasonCode reason, String why) {
        assertNull(refused, "closed though refused");
        assertFalse(why.isBlank());
        if (closed == null) {
            closed = reason;
            cause = why;
            if (attached != null) {
                whenClosed.accept(attached);
            }
        }
    }

    @Override
    public boolean congested() {
        return congested || sent.size() >= congestedFrom;
    }

    boolean isOpen() {
        return refused == null && closed == null && !gone;
    }

    long attachment() {
        return assertNotNullAndGet(attached).attachment();
    }

    private static Attached assertNotNullAndGet(@Nullable Attached answer) {
        assertNotNull(answer, "not attached");
        return answer;
    }
}
