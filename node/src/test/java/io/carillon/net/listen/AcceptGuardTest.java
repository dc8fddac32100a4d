package io.carillon.net.listen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.channel.embedded.EmbeddedChannel;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;

/** A listening socket when the system refuses to accept. */
final class AcceptGuardTest {

    @Test
    void pausesForASecondInsteadOfSpinning() {
        LongAdder failures = new LongAdder();
        EmbeddedChannel socket = new EmbeddedChannel(new AcceptGuard("a", failures));
        socket.freezeTime();
        socket.pipeline().fireExceptionCaught(new IOException("Too many open files"));
        assertFalse(socket.config().isAutoRead());
        assertEquals(1, failures.sum());

        socket.advanceTimeBy(999, TimeUnit.MILLISECONDS);
        socket.runScheduledPendingTasks();
        assertFalse(socket.config().isAutoRead());

        socket.advanceTimeBy(1, TimeUnit.MILLISECONDS);
        socket.runScheduledPendingTasks();
        assertTrue(socket.config().isAutoRead());
        socket.checkException();
    }
}
