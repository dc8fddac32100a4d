package io.carillon.shard;

import io.carillon.record.Chunk;
import io.carillon.record.ChunkRows;
import io.carillon.record.OriginRow;
import io.carillon.record.Rows;
import io.carillon.record.ShardRecord;
import io.carillon.record.ShardRecord.Advance;
import io.carillon.record.ShardRecord.Heard;
import io.carillon.record.ShardRecord.InboundCompleted;
import io.carillon.record.ShardRecord.InboundReceived;
import io.carillon.record.ShardRecord.OriginForgotten;
import io.carillon.record.ShardRecord.QueuesChanged;
import io.carillon.record.ShardRecord.Received;
import io.carillon.record.ShardRecord.References;
import io.carillon.record.ShardRecord.RetainedCleared;
import io.carillon.record.ShardRecord.RetainedSet;
import io.carillon.record.ShardRecord.SessionRemoved;
import io.carillon.record.ShardRecord.SessionSaved;
import io.carillon.record.ShardRecord.SubscriptionRemoved;
import io.carillon.record.ShardRecord.SubscriptionSaved;
import io.carillon.retain.RetainedMessages;
import io.carillon.storage.Batch;

/** Turns a record into the rows that it changes: nothing is read, nothing is decided here. */
public final class StateWriter {
    private final int shard;

    public StateWriter(int shard) {
        this.shard = shard;
    }

    public void apply(ShardRecord record, Batch batch) {
        switch (record) {
            case SessionSaved saved -> apply(saved, batch);
            case SessionRemoved removed -> apply(removed, batch);
            case SubscriptionSaved saved ->
                    batch.put(
                            Spaces.SUBSCRIPTIONS,
                            Keys.of(saved.session(), saved.subscription().filter().text()),
                            Rows.encode(saved.subscription()));
            case SubscriptionRemoved removed ->
                    batch.delete(
                            Spaces.SUBSCRIPTIONS, Keys.of(removed.session(), removed.filter()));
            case QueuesChanged changed -> apply(changed, batch);
            case InboundReceived received -> apply(received, batch);
            case InboundCompleted completed ->
                    batch.delete(
                            Spaces.INBOUND,
                            Keys.packetId(completed.session(), completed.packetId()));
            case OriginForgotten old ->
                    batch.delete(Spaces.ORIGINS, Keys.origin(shard, old.session(), old.via()));
            case RetainedSet set -> {
                RetainedMessages.apply(shard, set, batch);
                apply(set.origins(), batch);
            }
            case RetainedCleared cleared -> {
                RetainedMessages.apply(shard, cleared, batch);
                apply(cleared.origins(), batch);
            }
        }
    }

    private void apply(SessionSaved saved, Batch batch) {
        long session = saved.row().session();
        batch.put(Spaces.SESSIONS, Keys.of(session), Rows.encode(saved.row()));
        if (saved.opened()) {
            batch.put(Spaces.COUNTERS, Keys.shard(shard), Rows.encodeNumber(session + 1));
        }
    }

    private static void apply(SessionRemoved removed, Batch batch) {
        byte[] from = Keys.of(removed.session());
        byte[] to = Keys.of(removed.session() + 1);
        batch.delete(Spaces.SESSIONS, from);
        batch.deleteRange(Spaces.SUBSCRIPTIONS, from, to);
        batch.deleteRange(Spaces.QUEUES, from, to);
        batch.delete(Spaces.QUEUE_STATES, from);
        batch.deleteRange(Spaces.INBOUND, from, to);
    }

    private void apply(QueuesChanged changed, Batch batch) {
        if (changed.blockReferences() > 0) {
            byte[] key = Keys.of(changed.blockNumber());
            batch.put(Spaces.MESSAGES, key, ChunkRows.encode(changed.block()));
            batch.put(Spaces.REFERENCES, key, Rows.encodeNumber(changed.blockReferences()));
        }
        for (Chunk chunk : changed.queued()) {
            batch.put(
                    Spaces.QUEUES,
                    Keys.of(chunk.session(), chunk.firstSeq()),
                    ChunkRows.encode(chunk));
        }
        for (Advance advance : changed.advances()) {
            batch.put(
                    Spaces.QUEUE_STATES,
                    Keys.of(advance.session()),
                    ChunkRows.encode(advance.state()));
            for (long first : advance.removed()) {
                batch.deleteOnce(Spaces.QUEUES, Keys.of(advance.session(), first));
            }
        }
        for (References references : changed.references()) {
            apply(references, batch);
        }
        apply(changed.origins(), batch);
    }

    private void apply(Heard heard, Batch batch) {
        for (Received received : heard.received()) {
            batch.put(
                    Spaces.ORIGINS,
                    Keys.origin(shard, received.session(), received.via()),
                    Rows.encode(new OriginRow(received.taken(), heard.atMillis())));
        }
    }

    private static void apply(References references, Batch batch) {
        byte[] key = Keys.of(references.block());
        if (references.left() > 0) {
            batch.put(Spaces.REFERENCES, key, Rows.encodeNumber(references.left()));
        } else {
            batch.delete(Spaces.REFERENCES, key);
            batch.deleteOnce(Spaces.MESSAGES, key);
        }
    }

    private static void apply(InboundReceived received, Batch batch) {
        byte[] number = Rows.encodeNumber(received.number());
        batch.put(Spaces.INBOUND, Keys.packetId(received.session(), received.packetId()), number);
        batch.put(Spaces.INBOUND, Keys.packetId(received.session(), 0), number);
    }
}
