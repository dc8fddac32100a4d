package io.carillon.shard;

import io.carillon.mqtt.packet.ReasonCode;

/**
 * Told once when a publication is stored everywhere it must be, or why it is not. Called on any
 * thread; must return quickly and must not throw.
 */
@FunctionalInterface
public interface Receipt {
    /**
     * The outcome.
     *
     * @param outcome success, no matching subscribers, or the error that the publisher is told
     */
    void done(ReasonCode outcome);
}
