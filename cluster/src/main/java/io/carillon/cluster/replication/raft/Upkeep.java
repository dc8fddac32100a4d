package io.carillon.cluster.replication.raft;

import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a replica sees to at each heartbeat: cuts its log, gives the shard away if the disk hangs,
 * says where it stands. On the shard's loop.
 */
final class Upkeep {
    private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);

    private final GroupId group;
    private final boolean isAlone;
    private final RaftSettings settings;
    private final GroupNode node;
    private final Applier applier;
    private final WriteGate gate;
    private final GroupRows rows;
    private final InstantSource clock;
    private long cutAtMillis;
    private volatile ReplicaStats stats;

    Upkeep(
            GroupId group,
            Generation generation,
            RaftSettings settings,
            GroupNode node,
            Applier applier,
            WriteGate gate,
            GroupRows rows,
            InstantSource clock) {
        this.group = group;
        this.isAlone = generation.voters().size() == 1;
        this.settings = settings;
        this.node = node;
        this.applier = applier;
        this.gate = gate;
        this.rows = rows;
        this.clock = clock;
        this.cutAtMillis = clock.millis();
        this.stats = read(false);
    }

    void tick() {
        node.unblockElection();
        giveAwayIfDiskIsSlow();
        cutIfDue();
        gate.tick();
        stats = read(false);
    }

    void stopped() {
        stats = read(true);
    }

    /** Where the replica stood at the last heartbeat. Any thread. */
    ReplicaStats stats() {
        return stats;
    }

    /** The others have quicker disks, maybe; this one answers late, and may be gone altogether. */
    private void giveAwayIfDiskIsSlow() {
        long waiting = gate.waitingMillis();
        if (waiting >= settings.timing().slowDiskMillis() && node.leads() && !isAlone) {
            LOG.warn("{} is given away: the disk has not answered for {} ms", group, waiting);
            node.stepDown();
        }
    }

    private void cutIfDue() {
        RaftSettings.Retention retention = settings.retention();
        long now = clock.millis();
        long bytes = rows.entryBytesSinceCut();
        if (bytes == 0) {
            cutAtMillis = now;
        } else if (applier.next() == null
                && !applier.isInstalling()
                && (bytes >= retention.bytesMax()
                        || now - cutAtMillis >= retention.ageMillisMax())) {
            cutAtMillis = now;
            node.cut();
        }
    }

    private ReplicaStats read(boolean stopped) {
        ReplicaStats.Role role =
                stopped
                        ? ReplicaStats.Role.STOPPED
                        : switch (node.state().role()) {
                            case LEADER -> ReplicaStats.Role.LEADER;
                            case CANDIDATE -> ReplicaStats.Role.CANDIDATE;
                            case FOLLOWER, LEARNER -> ReplicaStats.Role.FOLLOWER;
                        };
        return new ReplicaStats(
                group.shard(),
                group.generation(),
                node.term(),
                role,
                node.log().snapshotIndex() + 1,
                node.lastIndex(),
                node.commitIndex(),
                Math.max(0, applier.applied()),
                applier.isInstalling());
    }
}
