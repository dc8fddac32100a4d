package io.carillon.cluster.replication;

import io.carillon.cluster.Epoch;
import io.carillon.cluster.ShardId;
import io.carillon.loop.Loop;

/**
 * Makes the records of each shard durable, in order, and tells when they are.
 *
 * <p>A record is complete when it is appended: times, random numbers and identifiers are decided by
 * the leader and stand in it, so that {@link ShardMachine#apply} is a plain write to the store.
 * What must not be seen before the record is durable waits for {@link ShardMachine#committed}.
 *
 * <p>Every call about a shard, and every callback, is on that shard's loop.
 *
 * @param <R> the type of the records
 */
public interface ReplicatedLog<R> {

    /**
     * Starts a shard. {@link ShardMachine#lead} is called, now or later, once its state is complete
     * and this node leads it.
     */
    void open(ShardId shard, Loop loop, ShardMachine<R> machine);

    /**
     * Appends a record. On return it is accepted, not durable. Records of one shard are applied and
     * committed in the order of their appending.
     *
     * @param fence the epoch that {@link ShardMachine#lead} gave to the caller
     * @throws AppendRefused if it is not accepted; nothing was changed then
     */
    void append(ShardId shard, Epoch fence, R record) throws AppendRefused;

    /**
     * Makes what was applied so far readable from the store, before the turn ends and does so
     * anyway. Costs a write; on the shard's loop.
     *
     * @throws io.carillon.storage.StorageException if the store has failed
     */
    void flush(ShardId shard);

    /**
     * True while so much waits to become durable that whoever feeds the log should pause. Refusals
     * with {@link AppendRefused.Reason#BUSY} come much later. Any thread; never blocks.
     */
    boolean congested();

    /**
     * True while so much waits that no command should begin which appends: well before refusals
     * with {@link AppendRefused.Reason#BUSY}, which would break it off half-way. Any thread; never
     * blocks.
     */
    boolean full();
}
