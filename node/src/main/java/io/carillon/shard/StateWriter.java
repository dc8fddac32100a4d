package io.carillon.shard;

import io.carillon.record.Origin;
import io.carillon.record.OriginRow;
import io.carillon.record.Queued;
import io.carillon.record.Rows;
import io.carillon.record.ShardRecord;
import io.carillon.record.ShardRecord.Entry;
import io.carillon.record.ShardRecord.InboundCompleted;
import io.carillon.record.ShardRecord.InboundReceived;
import io.carillon.record.ShardRecord.MessageDone;
import io.carillon.record.ShardRecord.MessageQueued;
import io.carillon.record.ShardRecord.MessageReleased;
import io.carillon.record.ShardRecord.OriginForgotten;
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
            case MessageQueued queued -> apply(queued, batch);
            case MessageReleased released -> apply(released, batch);
            case MessageDone done -> apply(done, batch);
            case InboundReceived received -> apply(received, batch);
            case InboundCompleted completed ->
                    batch.delete(
                            Spaces.INBOUND,
                            Keys.packetId(completed.session(), completed.packetId()));
            case OriginForgotten old ->
                    batch.delete(
                            Spaces.ORIGINS, Keys.origin(shard, old.session(), old.sharedFilter()));
            case RetainedSet set -> RetainedMessages.apply(shard, set, batch);
            case RetainedCleared cleared -> RetainedMessages.apply(shard, cleared, batch);
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
        batch.deleteRange(Spaces.INBOUND, from, to);
    }

    private void apply(MessageQueued queued, Batch batch) {
        long number = queued.messageNumber();
        if (number != 0) {
            batch.put(Spaces.MESSAGES, Keys.of(number), Rows.encode(queued.message()));
            batch.put(
                    Spaces.REFERENCES, Keys.of(number), Rows.encodeNumber(queued.entries().size()));
        }
        for (Entry entry : queued.entries()) {
            batch.put(
                    Spaces.QUEUES,
                    Keys.of(entry.session(), entry.queued().seq()),
                    Rows.encode(entry.queued()));
        }
        Origin origin = queued.origin();
        if (origin != null) {
            String sharedFilter = queued.entries().getFirst().queued().sharedFilter();
            batch.put(
                    Spaces.ORIGINS,
                    Keys.origin(shard, origin.session(), sharedFilter),
                    Rows.encode(new OriginRow(origin.number(), queued.atMillis())));
        }
    }

    private static void apply(MessageReleased released, Batch batch) {
        Queued queued = released.queued();
        batch.put(
                Spaces.QUEUES,
                Keys.of(released.session(), queued.seq()),
                Rows.encode(queued.release()));
        leave(queued, released.referencesLeft(), batch);
    }

    private static void apply(MessageDone done, Batch batch) {
        Queued queued = done.queued();
        byte[] key = Keys.of(done.session(), queued.seq());
        if (queued.released()) {
            batch.delete(Spaces.QUEUES, key); // it was written twice
        } else {
            batch.deleteOnce(Spaces.QUEUES, key);
        }
        leave(queued, done.referencesLeft(), batch);
    }

    private static void leave(Queued queued, int referencesLeft, Batch batch) {
        if (queued.messageNumber() == 0) {
            return;
        }
        byte[] key = Keys.of(queued.messageNumber());
        if (referencesLeft > 0) {
            batch.put(Spaces.REFERENCES, key, Rows.encodeNumber(referencesLeft));
        } else {
            batch.delete(Spaces.REFERENCES, key);
            batch.delete(Spaces.MESSAGES, key);
        }
    }

    private static void apply(InboundReceived received, Batch batch) {
        byte[] number = Rows.encodeNumber(received.number());
        batch.put(Spaces.INBOUND, Keys.packetId(received.session(), received.packetId()), number);
        batch.put(Spaces.INBOUND, Keys.packetId(received.session(), 0), number);
    }
}
