package io.carillon.shard;

import io.carillon.cluster.Epoch;
import io.carillon.cluster.ShardId;
import io.carillon.cluster.replication.AppendRefused;
import io.carillon.cluster.replication.ReplicatedLog;
import io.carillon.loop.Loop;
import io.carillon.mqtt.packet.ReasonCode;
import io.carillon.record.ShardRecord;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The shard's end of its log: appends records, and runs what waits for them in order once they are
 * durable. On the shard's loop.
 */
final class Journal {
    private static final Logger LOG = LoggerFactory.getLogger(Journal.class);

    private final ShardId shard;
    private final ReplicatedLog<ShardRecord> log;
    private final ArrayDeque<Waiter> waiters = new ArrayDeque<>();
    private final Loop loop;
    private final InstantSource clock;
    private Supplier<ShardRecord> gathered =
            () -> {
                throw new IllegalStateException("nothing gathers");
            };
    private final boolean clustered;
    private boolean gathering;
    private final long firstAttachment;
    private @Nullable Epoch epoch;
    private boolean paused;
    private ReasonCode failure = ReasonCode.IMPLEMENTATION_SPECIFIC_ERROR;
    private long appended;
    private long committed;

    /** Waits until a number of records are durable. */
    private record Waiter(long upTo, Runnable durable, Runnable failed) {}

    /**
     * The journal of one leadership.
     *
     * @param clustered true if what this node can't store another one may
     */
    Journal(
            ShardId shard,
            ReplicatedLog<ShardRecord> log,
            Loop loop,
            InstantSource clock,
            Epoch epoch,
            boolean clustered) {
        this.shard = shard;
        this.log = log;
        this.loop = loop;
        this.clock = clock;
        this.epoch = epoch;
        this.clustered = clustered;
        this.firstAttachment = firstAttachment(epoch);
    }

    /** From where the record comes that a turn gathers. */
    void gathers(Supplier<ShardRecord> source) {
        gathered = source;
    }

    long now() {
        return clock.millis();
    }

    /**
     * Something is gathered for a record that is appended when the turn ends, or before the next
     * other record: in the order in which all would have been appended at once.
     */
    void gather() {
        if (!gathering) {
            gathering = true;
            loop.atTurnEnd(this::sealAtTurnEnd);
        }
    }

    private void sealAtTurnEnd() {
        try {
            seal();
        } catch (ShardStopped e) {
            // Who waits for it has been told.
            LOG.debug("{} does not take what a turn gathered", shard, e);
        }
    }

    /**
     * Appends what was gathered.
     *
     * @throws ShardStopped if the log doesn't take it; who waits for it is told
     */
    void seal() {
        if (!gathering) {
            return;
        }
        ShardRecord record = gathered.get(); // what it waits for is this record
        gathering = false;
        try {
            appendNow(record);
        } catch (ShardStopped e) {
            failFrom(appended + 1);
            throw e;
        }
    }

    /** What waits for records that were not taken will not come. */
    private void failFrom(long record) {
        List<Waiter> failed = waiters.stream().filter(each -> each.upTo() >= record).toList();
        waiters.removeAll(failed);
        failed.forEach(waiter -> waiter.failed().run());
    }

    /** Nothing more becomes durable here, or anywhere: tells all that wait. */
    void stop() {
        epoch = null;
        List<Waiter> failed = List.copyOf(waiters);
        waiters.clear();
        failed.forEach(waiter -> waiter.failed().run());
    }

    /** Nothing more becomes durable here; another node leads. Tells all that wait. */
    void lose() {
        failure = ReasonCode.USE_ANOTHER_SERVER;
        stop();
    }

    /** No records are taken for a while, and another node may lead then. What was taken goes on. */
    void pause() {
        sealAtTurnEnd(); // what was begun is taken still
        paused = true;
        failure = ReasonCode.USE_ANOTHER_SERVER;
    }

    void resume() {
        paused = false;
        failure = ReasonCode.IMPLEMENTATION_SPECIFIC_ERROR;
    }

    /** True while commands are to be sent to the next leader. */
    boolean isPaused() {
        return paused;
    }

    /**
     * What the sender of a command is told that can't be stored: an error, or {@code
     * USE_ANOTHER_SERVER} if the leader that follows may store it.
     */
    ReasonCode failure() {
        return failure;
    }

    boolean leads() {
        return epoch != null;
    }

    /** True if records are taken, unless too much waits: for what goes on by itself. */
    boolean isOpen() {
        return leads() && !paused;
    }

    /** True if records are taken: to be asked before a command changes anything. */
    boolean takesMore() {
        return isOpen() && !log.full();
    }

    /**
     * Lets a command begin that appends.
     *
     * @throws ShardStopped if no more is taken
     */
    void requireRoom() {
        if (!takesMore()) {
            throw new ShardStopped(refusal());
        }
    }

    /** Why no more is taken, for people. */
    String refusal() {
        if (paused) {
            return "another node is about to lead the shard";
        }
        return leads()
                ? "too much waits for the disk; try again later"
                : "what must be stored can't be: see the log for the cause";
    }

    /** Below all attachment numbers of this epoch and above those of earlier ones. */
    long firstAttachment() {
        return firstAttachment;
    }

    /** 15 bits of the generation, 20 of the term; the lower 28 count. */
    private static long firstAttachment(Epoch epoch) {
        return (epoch.generation() & 0x7FFF) << 48 | (epoch.term() & 0xFFFFFL) << 28;
    }

    /**
     * Appends a record.
     *
     * @throws ShardStopped if the log doesn't take it
     */
    void append(ShardRecord record) {
        seal();
        appendNow(record);
    }

    private void appendNow(ShardRecord record) {
        Epoch fence = epoch;
        if (fence == null) {
            throw new ShardStopped(shard + " is not served by this node");
        }
        try {
            log.append(shard, fence, record);
            appended++;
        } catch (AppendRefused e) {
            if (clustered && e.reason() == AppendRefused.Reason.NOT_LEADER) {
                failure = ReasonCode.USE_ANOTHER_SERVER;
            }
            throw new ShardStopped(e.getMessage() == null ? "refused" : e.getMessage());
        }
    }

    /**
     * Runs the one once all that was appended so far is durable, or the other if it can't become
     * so.
     */
    void whenDurable(Runnable durable, Runnable failed) {
        if (!isBehind()) {
            durable.run();
        } else {
            waiters.add(new Waiter(newest(), durable, failed));
        }
    }

    void whenDurable(Runnable durable) {
        whenDurable(durable, () -> {});
    }

    /** True if something appended is not durable yet, or was just now and others hear it first. */
    boolean isBehind() {
        return newest() != committed || !waiters.isEmpty();
    }

    void committed(int count) {
        committed += count;
        while (!waiters.isEmpty() && waiters.element().upTo() <= committed) {
            waiters.remove().durable().run();
        }
    }

    /** The number of the last record, also of one that is not appended yet. */
    long newest() {
        return gathering ? appended + 1 : appended;
    }

    /** Makes what was appended readable. */
    void flush() {
        seal();
        log.flush(shard);
    }

    /** What waits for the disk: one per message, roughly. */
    int waiting() {
        return waiters.size();
    }
}
