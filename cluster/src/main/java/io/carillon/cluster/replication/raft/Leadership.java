package io.carillon.cluster.replication.raft;

import io.carillon.cluster.Epoch;
import io.carillon.cluster.replication.AppendRefused;
import io.carillon.cluster.replication.ShardMachine;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a machine knows of its group: that it leads or follows, and what is committed. The group may
 * have got further; the machine, and then the listener, hear of it when a turn ends. On the shard's
 * loop.
 */
final class Leadership<R> {
    private static final Logger LOG = LoggerFactory.getLogger(Leadership.class);

    private final GroupId group;
    private final ShardMachine<R> machine;
    private final GroupNode node;
    private final Appender<R> appender;
    private final Applier applier;
    private final SnapshotSend send;
    private final LeaderNews news;
    private boolean isOver;

    Leadership(
            GroupId group,
            ShardMachine<R> machine,
            GroupNode node,
            Appender<R> appender,
            Applier applier,
            SnapshotSend send,
            LeaderNews news) {
        this.group = group;
        this.machine = machine;
        this.node = node;
        this.appender = appender;
        this.applier = applier;
        this.send = send;
        this.news = news;
        this.isOver = applier.next() != null;
    }

    void append(Epoch fence, R record) throws AppendRefused {
        appender.append(fence, record, isHeld());
    }

    /** Whether the machine leads, and rightly so. */
    private boolean isHeld() {
        Epoch epoch = appender.epoch();
        return epoch != null && node.leads() && node.term() == epoch.term();
    }

    /** Tells what has come about. */
    void turnEnded() {
        int committed = 0;
        Operation.Records own;
        while ((own = applier.pollOwnApplied()) != null) {
            committed += appender.applied(own);
        }
        if (committed > 0) {
            machine.committed(committed);
        }
        if (!node.leads()) {
            send.endAll();
        }
        boolean isSealed = applier.next() != null;
        if (appender.epoch() != null && (isSealed || !isHeld())) {
            follow(
                    isSealed
                            ? group + " gets other voters"
                            : "another node leads " + group + " or will");
        }
        if (appender.epoch() == null && !isSealed && hasBegunTerm()) {
            Epoch won = new Epoch(group.generation(), node.term());
            appender.lead(won);
            LOG.info("this node leads {} in term {}", group, won.term());
            machine.lead(won);
        }
        if (!isOver) {
            news.turnEnded(appender.epoch());
            isOver = isSealed;
        }
    }

    /** Now and then. */
    void tick() {
        news.refresh(appender.epoch());
        send.tick();
    }

    /** Leads, and all that was committed before is applied. */
    private boolean hasBegunTerm() {
        return node.leads() && node.termOf(applier.newTermIndex()) == node.term();
    }

    private void follow(String reason) {
        appender.follow();
        send.endAll();
        machine.follow(reason);
    }

    /** Leads no longer, though it could: its machine can't go on as it is. */
    void resign(String reason) {
        if (appender.epoch() != null) {
            node.stepDown();
            follow(reason);
        }
    }

    /** The replica has stopped; behind a seal the machine is the next generation's. */
    void stop(String reason) {
        appender.follow();
        send.endAll();
        if (!isOver) {
            isOver = true;
            machine.follow(reason);
        }
    }

    /** The replica has stopped, and another one has the machine. */
    void abandon() {
        isOver = true;
        appender.follow();
        send.endAll();
    }
}
