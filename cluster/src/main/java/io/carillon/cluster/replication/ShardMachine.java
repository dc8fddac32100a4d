package io.carillon.cluster.replication;

import io.carillon.cluster.Epoch;
import io.carillon.storage.Batch;
import java.util.List;

/**
 * What a shard does with its log. All calls are on the shard's loop.
 *
 * @param <R> the type of the records
 */
public interface ShardMachine<R> {

    /** This node leads the shard from here on, and all earlier records are applied. */
    void lead(Epoch epoch);

    /**
     * This node no longer leads the shard, or can no longer make records durable: whatever was
     * appended and not committed may or may not come to be.
     *
     * @param reason one sentence for the log and for people
     */
    void follow(String reason);

    /**
     * No records are taken for a while, since another node is about to lead, or the voters are
     * about to change. What was appended so far, until this returns, is committed as usual. {@link
     * #follow} comes next, or {@link #resume}.
     *
     * @param reason one sentence for people
     */
    default void pause(String reason) {}

    /** Records are taken again: nothing has come of what {@link #pause} was for. */
    default void resume() {}

    /**
     * Nothing of the shard can be made durable any more, and no other node leads it: it stays here,
     * refuses what must be stored, and goes on with the rest.
     *
     * @param reason one sentence for the log and for people
     */
    default void fail(String reason) {
        follow(reason);
    }

    /**
     * Writes what the record changes to the batch, and does nothing else. A record is applied once,
     * as it is appended; on a cluster the other replicas get what was written, not the record.
     */
    void apply(R record, Batch batch);

    /**
     * The oldest {@code count} records that this node appended and that were not committed yet, now
     * are.
     */
    void committed(int count);

    /**
     * Where the shard's state is in the store: all that {@link #apply} ever writes, and nothing
     * else. A replica that missed too much is filled with these ranges; standalone nobody asks.
     */
    default List<KeyRange> ranges() {
        return List.of();
    }
}
