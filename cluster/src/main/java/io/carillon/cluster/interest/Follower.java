package io.carillon.cluster.interest;

import io.carillon.cluster.NodeId;
import io.carillon.cluster.interest.Barriers.Barrier;
import java.util.ArrayDeque;

/** How far one peer has applied what one owner wants, as the speaker knows it. On the loop. */
final class Follower {
    private record Waiting(long version, Barrier barrier) {}

    private final NodeId peer;
    private final Surroundings here;
    private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();

    /** What the peer has confirmed; -1 for nothing. */
    private long applied = -1;

    /** What it has to have confirmed since it came into reach, to be counted on. */
    private long needed;

    /** The version of the digest that the peer was told last. */
    private long told;

    /** The version at the last tick: what is still missing of it at the next one has got stuck. */
    private long versionAtTick = -1;

    /** A digest is to be told at the end of this turn. */
    private boolean due = true;

    /** No changes are sent until the peer was told a digest: it will fetch what it lacks. */
    private boolean behind = true;

    Follower(NodeId peer, Surroundings here, long version) {
        this.peer = peer;
        this.here = here;
        this.needed = version;
    }

    /** True if the peer lacks nothing that others did not wait for it to apply. */
    boolean isLevel() {
        return applied >= needed;
    }

    /** The peer is out of reach: what it confirmed counts, and nothing is sent. */
    void rest() {
        due = false;
        behind = true;
    }

    /** Sends changes that end with this version, unless the peer has too many of them already. */
    void send(byte[] changes, long version) {
        if (behind) {
            return;
        }
        boolean tooMany = version - Math.max(applied, told) > here.settings().unappliedChangesMax();
        if (tooMany || !here.streams().send(peer, changes)) {
            here.counters().leftBehind++;
            behind = true;
        }
    }

    boolean isDue() {
        return due;
    }

    /** Whether the peer should be told a digest at this tick. */
    boolean isStuck(long version) {
        boolean stuck = behind || applied < versionAtTick;
        versionAtTick = version;
        return stuck;
    }

    /** The peer was sent a digest of this version, or there was no room for it. */
    void told(long version, boolean sent) {
        due = false;
        behind = !sent;
        told = sent ? version : told;
    }

    /** The barrier waits no longer; what it waited for is to be confirmed before all else. */
    void overtaken(Barrier by) {
        for (Waiting each : waiting) {
            if (each.barrier().equals(by)) {
                needed = Math.max(needed, each.version());
            }
        }
    }

    /** The peer has to start anew: nothing that it confirmed counts any more. */
    void restart(long version) {
        applied = -1;
        needed = version;
        due = true;
        behind = true;
    }

    /** The peer has to confirm anew what it has, which says nothing against counting on it. */
    void doubt() {
        if (isLevel()) {
            needed = -1;
        }
        applied = -1;
        due = true;
    }

    /** Has the barrier wait, unless the peer has applied this version. */
    void enlist(Barrier barrier, long version) {
        if (applied >= version) {
            return;
        }
        release();
        barrier.await();
        waiting.add(new Waiting(version, barrier));
    }

    void applied(long version) {
        applied = Math.max(applied, version);
        release();
    }

    /** Nobody is to wait for this peer and owner any more. */
    void end() {
        applied = Long.MAX_VALUE;
        release();
    }

    private void release() {
        while (!waiting.isEmpty()
                && (waiting.peek().barrier().isOver() || waiting.peek().version() <= applied)) {
            waiting.remove().barrier().arrived();
        }
    }
}
