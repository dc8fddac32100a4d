package io.carillon.net.lane;

import io.carillon.loop.OnEventLoop;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Stops reading from the publishers of one event loop while other loops or shards cannot follow. It
 * looks again every few milliseconds: who waits need not be known to those who are waited for.
 */
@OnEventLoop
public final class BackPressure {
    private static final int RETRY_MILLIS = 2;

    private final EventLoop loop;
    private List<ReadGate> paused = new ArrayList<>();

    BackPressure(EventLoop loop) {
        this.loop = loop;
    }

    /** Shuts the gate for as long as the congestion lasts. */
    public void pause(ReadGate gate, BooleanSupplier congested) {
        if (gate.isShutFor(ReadGate.Reason.BACK_PRESSURE)) {
            return;
        }
        gate.shut(ReadGate.Reason.BACK_PRESSURE);
        paused.add(gate);
        if (paused.size() == 1) {
            retryLater(congested);
        }
    }

    private void retryLater(BooleanSupplier congested) {
        var _ = loop.schedule(() -> retry(congested), RETRY_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void retry(BooleanSupplier congested) {
        if (congested.getAsBoolean()) {
            retryLater(congested);
            return;
        }
        List<ReadGate> open = paused;
        paused = new ArrayList<>();
        for (ReadGate gate : open) {
            gate.open(ReadGate.Reason.BACK_PRESSURE);
        }
    }
}
