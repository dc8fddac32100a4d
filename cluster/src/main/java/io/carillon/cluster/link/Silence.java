package io.carillon.cluster.link;

/**
 * Notices a peer that says nothing, by counting heartbeats of this node: time that this process
 * slept through is no silence of the peer's.
 */
final class Silence {
    private final int beatsMax;
    private int beats;

    Silence(int beatsMax) {
        this.beatsMax = beatsMax;
    }

    /** The peer was heard, or could not be. */
    void broken() {
        beats = 0;
    }

    /** One heartbeat has passed; true if that makes it too many. */
    boolean beat() {
        return ++beats > beatsMax;
    }
}
