package io.carillon.delivery;

import io.carillon.mqtt.packet.ReasonCode;
import io.carillon.shard.Receipt;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What a publisher's acknowledgement still waits for: one share for each shard that must store the
 * message. The worst outcome of all shares is what the publisher is told. Any thread.
 */
public final class PublishReceipt implements Receipt {
    private final Receipt whole;
    private final AtomicInteger shares = new AtomicInteger(1);
    private volatile ReasonCode outcome = ReasonCode.SUCCESS;

    public PublishReceipt(Receipt whole) {
        this.whole = whole;
    }

    /** Opens a share; {@link #done} must be called for it once. */
    public Receipt share() {
        shares.incrementAndGet();
        return this;
    }

    /** All shares are open. */
    public void seal() {
        close();
    }

    @Override
    public void done(ReasonCode shareOutcome) {
        if (shareOutcome.isError()) {
            outcome = shareOutcome;
        }
        close();
    }

    private void close() {
        if (shares.decrementAndGet() == 0) {
            whole.done(outcome);
        }
    }
}
