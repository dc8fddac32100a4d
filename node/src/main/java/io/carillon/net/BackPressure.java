package io.carillon.net;

import io.carillon.loop.OnEventLoop;
import java.util.concurrent.TimeUnit;

/**
 * Stops reading from a publisher while event loops or shards cannot follow. It looks again every
 * few milliseconds: who waits need not be known to those who are waited for.
 */
@OnEventLoop
final class BackPressure {
    private static final int RETRY_MILLIS = 2;

    private final Wire wire;
    private final Broker broker;

    BackPressure(Wire wire, Broker broker) {
        this.wire = wire;
        this.broker = broker;
    }

    /** The client has published in this turn. */
    void published() {
        if (congested() && !wire.gate().isShutFor(ReadGate.Reason.BACK_PRESSURE)) {
            wire.count(NetCount.PUBLISHERS_PAUSED);
            wire.gate().shut(ReadGate.Reason.BACK_PRESSURE);
            retryLater();
        }
    }

    private void retryLater() {
        var _ = wire.lane().loop().schedule(this::retry, RETRY_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void retry() {
        if (wire.isClosed()) {
            return;
        }
        if (congested()) {
            retryLater();
        } else {
            wire.gate().open(ReadGate.Reason.BACK_PRESSURE);
        }
    }

    private boolean congested() {
        return broker.lanes().congested() || broker.sessions().congested();
    }
}
