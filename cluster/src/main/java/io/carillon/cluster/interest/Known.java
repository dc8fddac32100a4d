package io.carillon.cluster.interest;

import io.carillon.cluster.Epoch;
import io.carillon.cluster.NodeId;
import io.carillon.cluster.interest.Message.Answer;
import io.carillon.cluster.interest.Message.Changes;
import io.carillon.cluster.interest.Message.State;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What this node knows of an owner that another node speaks for. It is always exactly what the
 * listener was told.
 *
 * <p>Changes are applied in the order of their versions and without a gap, or not at all. Where
 * there is a gap, or the digest differs, a {@link Repair} compares ranges with the speaker; its
 * first answer gives the version from which changes are applied again, each on top of what is
 * there: a range that was right stays right, and one that was wrong is replaced as of a later
 * version. On the loop.
 */
final class Known {
    /** How this node's knowledge stands. */
    private enum Phase {
        /** All changes up to the version are applied. */
        COMPLETE,
        /** The shared map is read, since most is missing. */
        READING,
        /** Ranges are compared with the speaker. */
        REPAIRING,
        /** Something is missing, and the speaker is out of reach. */
        ORPHANED,
        /** The owner is gone: the listener is told so, by and by. */
        LEAVING
    }

    private final Surroundings here;
    private final Owner owner;
    private final Acknowledgements acknowledgements;
    private final HeldWants held;

    private Phase phase = Phase.ORPHANED;
    private @Nullable Epoch epoch;
    private @Nullable NodeId speaker;

    /** As of which version the table is, where {@link #placed}. */
    private long version;

    /** Changes can be applied: they continue what is in the table. */
    private boolean placed;

    /** The latest epoch in which all was known at some time. */
    private @Nullable Epoch completeIn;

    private @Nullable Repair repair;
    private @Nullable BulkRead bulkRead;
    private @Nullable Departure departure;

    Known(Surroundings here, Owner owner, Acknowledgements acknowledgements) {
        this.here = here;
        this.owner = owner;
        this.acknowledgements = acknowledgements;
        this.held = new HeldWants(here, owner);
    }

    HeldWants held() {
        return held;
    }

    @Nullable Epoch epoch() {
        return epoch;
    }

    boolean isComplete() {
        return phase == Phase.COMPLETE;
    }

    boolean isLeaving(Departure by) {
        return phase == Phase.LEAVING && by.equals(departure);
    }

    boolean isSpokenForBy(NodeId peer) {
        return peer.equals(speaker);
    }

    /** The speaker has told its version and digest. */
    void told(NodeId from, State state) {
        if (isOver(from, state.reign().epoch())) {
            return;
        }
        boolean continues = continues(from, state.reign().epoch());
        adopt(from, state.reign().epoch());
        if (continues && (phase == Phase.REPAIRING || phase == Phase.READING)) {
            return;
        }
        if (held.table().digest().equals(state.digest())) {
            version = state.version();
            completed();
            return;
        }
        held.reserve(state.digest().count());
        // Who has confirmed versions of this reign must not take back what older pages don't have.
        if (!state.reign().epoch().equals(completeIn)
                && held.table().size() < state.digest().count() / 2
                && state.digest().count() >= BulkRead.STRINGS_MIN) {
            read();
        } else {
            repair();
        }
    }

    /** The speaker has sent changes. */
    void changed(NodeId from, Changes changes) {
        if (isOver(from, changes.reign().epoch())) {
            return;
        }
        boolean continues = continues(from, changes.reign().epoch());
        adopt(from, changes.reign().epoch());
        if (!continues || phase == Phase.ORPHANED || phase == Phase.LEAVING) {
            repair();
            return;
        }
        if (!placed) {
            return; // what the repair learns first is newer
        }
        long last = changes.first() + changes.changes().size() - 1;
        if (changes.first() > version + 1) {
            repair();
            return;
        }
        if (last > version) {
            int known = (int) (version + 1 - changes.first());
            held.apply(changes.changes().subList(known, changes.changes().size()));
            version = last;
        }
        acknowledge();
    }

    /** The speaker has answered a question of the repair. */
    void answered(NodeId from, Answer answer) {
        if (repair == null || !continues(from, answer.reign().epoch())) {
            return;
        }
        if (!repair.isExpecting(answer.id())) {
            return;
        }
        if (!placed) {
            version = answer.version();
            placed = true;
        }
        if (answer.version() > version) {
            repair(); // changes were lost on the way
        } else if (answer.version() < version) {
            repair.askAgain(answer.id()); // overtaken by changes
        } else {
            repair.answered(answer);
        }
    }

    /** The stream to the peer is gone. */
    void peerDown(NodeId peer) {
        if (isSpokenForBy(peer) && phase != Phase.COMPLETE && phase != Phase.LEAVING) {
            rest(Phase.ORPHANED);
        }
    }

    /** What is known may be old; it stays until the speaker has said more. */
    void doubt() {
        if (phase == Phase.COMPLETE) {
            rest(Phase.ORPHANED);
        }
    }

    /** Looks after what got stuck, and after memory that isn't needed. */
    void tick() {
        if (phase == Phase.COMPLETE) {
            held.trim();
        } else if (bulkRead != null && bulkRead.isStuck()) {
            repair();
        } else if (repair != null && repair.isStuck()) {
            repair();
        }
    }

    /** Takes over what this node spoke for until now; the listener is told all of it. */
    void inherit(Reign reign, long lastVersion, WantTable strings) {
        if (epoch == null || epoch.compareTo(reign.epoch()) <= 0) {
            rest(Phase.COMPLETE);
            epoch = reign.epoch();
            speaker = here.self();
            version = lastVersion;
            placed = true;
            held.become(strings);
        } else if (!epoch.equals(completeIn)) {
            // A later speaker is being compared with: until then, rather too much than too little.
            held.addMissing(strings);
            if (phase == Phase.REPAIRING) {
                repair(); // what was compared already has changed
            }
        }
    }

    /** Takes everything back, a part at a turn, unless the owner comes again; then tells so. */
    void leave(Runnable whenLeft) {
        rest(Phase.LEAVING);
        departure = new Departure(this, here.loop(), whenLeft);
        departure.step();
    }

    /** All ranges were compared. */
    void completed() {
        rest(Phase.COMPLETE);
        placed = true;
        completeIn = epoch;
        acknowledge();
    }

    /** Compares with the speaker, from the beginning. */
    void repair() {
        rest(Phase.REPAIRING);
        here.counters().repairs++;
        repair = new Repair(this, reign(), speaker(), here);
        repair.start();
    }

    private void read() {
        rest(Phase.READING);
        here.counters().bulkReads++;
        bulkRead = new BulkRead(this, reign(), speaker(), here);
        bulkRead.start();
    }

    /** Leaves whatever was under way. */
    private void rest(Phase next) {
        phase = next;
        repair = null;
        placed = false;
        if (bulkRead != null) {
            bulkRead.cancel();
            bulkRead = null;
        }
    }

    private boolean isOver(NodeId from, Epoch spokenIn) {
        if (epoch == null || spokenIn.compareTo(epoch) >= 0) {
            return false;
        }
        acknowledgements.refer(from, reign());
        return true;
    }

    private boolean continues(NodeId from, Epoch spokenIn) {
        return spokenIn.equals(epoch) && from.equals(speaker);
    }

    private void adopt(NodeId from, Epoch spokenIn) {
        epoch = spokenIn;
        speaker = from;
    }

    private void acknowledge() {
        if (phase == Phase.COMPLETE) {
            acknowledgements.add(speaker(), reign(), version);
        }
    }

    private Reign reign() {
        return new Reign(owner, Objects.requireNonNull(epoch, "nobody has spoken yet"));
    }

    private NodeId speaker() {
        return Objects.requireNonNull(speaker, "nobody has spoken yet");
    }
}
