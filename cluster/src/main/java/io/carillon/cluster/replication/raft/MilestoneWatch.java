package io.carillon.cluster.replication.raft;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sees a group reach its milestones, and tells so once. On the shard's loop. */
final class MilestoneWatch {
    private static final Logger LOG = LoggerFactory.getLogger(MilestoneWatch.class);

    private final GroupId group;
    private final Milestones milestones;
    private final GroupNode node;
    private final Applier applier;
    private final WriteGate gate;
    private boolean isSealed;
    private boolean isInForce;

    MilestoneWatch(
            GroupId group, Milestones milestones, GroupNode node, Applier applier, WriteGate gate) {
        this.group = group;
        this.milestones = milestones;
        this.node = node;
        this.applier = applier;
        this.gate = gate;
        this.isSealed = applier.next() != null;
    }

    /** Whether something was committed in the group, as far as this replica knows. */
    boolean isInForce() {
        return isInForce;
    }

    /** All of the turn is written. */
    void turnEnded() {
        Generation next = applier.next();
        if (next != null && !isSealed) {
            isSealed = true;
            LOG.info(
                    "{} is sealed; generation {} goes on: {}", group, next.number(), next.voters());
            node.tellCommitted(); // those who go on wait for it
            gate.whenDurable(() -> milestones.sealed(next));
        }
        long known = Math.max(node.commitIndex(), applier.applied());
        if (!isInForce && known > GroupRows.FIRST_INDEX) {
            isInForce = true;
            milestones.inForce();
        }
    }
}
