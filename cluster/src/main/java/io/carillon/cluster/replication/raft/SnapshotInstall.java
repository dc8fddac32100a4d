package io.carillon.cluster.replication.raft;

import io.carillon.cluster.replication.KeyRange;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A replica's side of being filled: asks its leader for part after part, and replaces its state by
 * them. On the shard's loop.
 *
 * <p>With the first part the old state goes, and a mark says so. With the last one the mark, the
 * log's cut and the rest of the state are written in one batch. So a replica that stops in between
 * knows it, takes no entries, and begins again with whoever leads then. It can't be elected
 * meanwhile: it lacks entries that a majority has.
 */
final class SnapshotInstall {
    private static final Logger LOG = LoggerFactory.getLogger(SnapshotInstall.class);

    private final GroupId group;
    private final GroupNode node;
    private final Applier applier;
    private final WriteGate gate;
    private final Outbox outbox;
    private final List<KeyRange> ranges;
    private final Messages messages;
    private final InstantSource clock;
    private final long patienceMillis;
    private @Nullable Seat source;
    private long transfer;
    private int nextPart;
    private long askedAtMillis;
    private long completed;

    /**
     * @param patienceMillis after so long without an answer a part is asked for again
     */
    SnapshotInstall(
            GroupId group,
            GroupNode node,
            Applier applier,
            WriteGate gate,
            Outbox outbox,
            List<KeyRange> ranges,
            Messages messages,
            InstantSource clock,
            long patienceMillis) {
        this.group = group;
        this.node = node;
        this.applier = applier;
        this.gate = gate;
        this.outbox = outbox;
        this.ranges = ranges;
        this.messages = messages;
        this.clock = clock;
        this.patienceMillis = patienceMillis;
    }

    /** True while there is no state: no entry may be taken. */
    boolean isOpen() {
        return applier.isInstalling();
    }

    /** True while the log of no leader reaches back to where this replica is. */
    boolean isUnderWay() {
        return isOpen() || (source != null && clock.millis() - askedAtMillis < 2 * patienceMillis);
    }

    /** Installations that came to their end. */
    long completed() {
        return completed;
    }

    /** Asks the leader for the state, unless that is under way. */
    void want(Seat leader) {
        if (!leader.equals(source)) {
            source = leader;
            begin(0);
        } else if (clock.millis() - askedAtMillis >= patienceMillis) {
            ask(leader);
        }
    }

    /** The leader, or who was it lately, sends a part. */
    void take(Seat from, Message.Part part) {
        if (part.term() < node.term() || !from.equals(source)) {
            return;
        }
        if (part.part() == 0 && part.transfer() != transfer) {
            if (!isNeeded(part)) {
                return;
            }
            LOG.info("{} is filled by seat {} up to entry {}", group, from, part.index());
            transfer = part.transfer();
            nextPart = 0;
            applier.beginInstall();
            for (KeyRange range : ranges) {
                gate.batch().deleteRange(range.space(), range.from(), range.to());
            }
        }
        if (part.transfer() != transfer || part.part() != nextPart || !isOpen()) {
            return;
        }
        StateRows.putTo(gate.batch(), part.rows());
        nextPart++;
        if (part.last()) {
            complete(from, part);
        } else {
            gate.whenDurable(() -> ask(from));
        }
    }

    /**
     * Whether the replica really lacks the entry. If it has it, its log is as good as the leader's
     * up to there, and it might lead itself: it must not lose its state then.
     */
    private boolean isNeeded(Message.Part part) {
        if (part.index() < node.commitIndex()) {
            return false; // the leader is not that far yet: later
        }
        return isOpen()
                || (applier.applied() < part.index()
                        && node.termOf(part.index()) != part.indexTerm());
    }

    private void complete(Seat from, Message.Part part) {
        source = null;
        begin(0);
        completed++;
        LOG.info("{} is filled up to entry {}", group, part.index());
        skip(from, part.term(), new Messages.Place(part.index(), part.indexTerm()));
    }

    /** The log goes on behind the place; the state has all before, or is of no use any more. */
    void skip(Seat leader, int term, Messages.Place cut) {
        applier.installed(cut.index());
        if (cut.index() > node.commitIndex()) {
            // MicroRaft cuts its log there.
            node.handle(
                    messages.snapshot(
                            leader, term, cut, Messages.Ticket.NONE, messages.chunk(cut)));
        }
    }

    private void begin(long newTransfer) {
        transfer = newTransfer;
        nextPart = 0;
        Seat leader = source;
        if (leader != null) {
            ask(leader);
        }
    }

    private void ask(Seat leader) {
        askedAtMillis = clock.millis();
        outbox.add(leader, new Message.Fetch(node.term(), transfer, nextPart));
    }
}
