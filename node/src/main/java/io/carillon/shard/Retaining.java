package io.carillon.shard;

import io.carillon.mqtt.packet.Message;
import io.carillon.mqtt.packet.ReasonCode;
import io.carillon.mqtt.packet.Topic;
import io.carillon.record.RetainedRow;
import io.carillon.record.ShardRecord.Heard;
import io.carillon.record.ShardRecord.RetainedCleared;
import io.carillon.record.ShardRecord.Totals;
import io.carillon.retain.RetainedMessages;
import org.jspecify.annotations.Nullable;

/** Sets, clears, expires and reads the retained messages of a shard. */
final class Retaining {
    private static final int PAGE_ROWS = 256;
    private static final long PAGE_BYTES = 256 * 1024;
    private static final int EXPIRED_PER_TICK = 1_000;

    private final ShardContext shard;
    private final Origins origins;

    Retaining(ShardContext shard, Origins origins) {
        this.shard = shard;
        this.origins = origins;
    }

    void restore() {
        Totals totals = shard.ownRetained().totals();
        shard.metrics().retainedMessages.addAndGet(totals.messages());
        shard.metrics().retainedBytes.addAndGet(totals.bytes());
    }

    /** They count for whoever leads now. */
    void forget() {
        Totals totals = shard.ownRetained().totals();
        shard.metrics().retainedMessages.addAndGet(-totals.messages());
        shard.metrics().retainedBytes.addAndGet(-totals.bytes());
    }

    /** A message was published with the retain flag: it becomes its topic's, or clears it. */
    void retain(Publication publication, @Nullable Receipt receipt) {
        Message message = publication.message();
        if (!shard.journal().takesMore()) {
            shard.metrics().refused.increment();
            done(receipt, shard.journal().failure());
            return;
        }
        ReasonCode outcome = ReasonCode.SUCCESS;
        if (origins.isLate(publication)) {
            shard.metrics().duplicates.increment();
        } else if (message.payload().length == 0) {
            // [MQTT-3.3.1-6] [MQTT-3.3.1-7] [MQTT3-3.3.1-11]
            clear(message.topic(), origins.retained(publication));
        } else if (!shard.shards().mayGrow()) {
            shard.metrics().refused.increment();
            outcome = ReasonCode.IMPLEMENTATION_SPECIFIC_ERROR;
        } else if (isFull(message)) {
            shard.metrics().refused.increment();
            outcome = ReasonCode.QUOTA_EXCEEDED;
        } else {
            Totals before = shard.ownRetained().totals();
            shard.journal()
                    .append(
                            shard.ownRetained()
                                    .set(
                                            new RetainedRow(message, publication.qos()),
                                            origins.retained(publication)));
            count(before);
        }
        ReasonCode answer = outcome;
        shard.journal()
                .whenDurable(
                        () -> done(receipt, answer),
                        () -> {
                            origins.forget();
                            done(receipt, shard.journal().failure());
                        });
    }

    /** True if a message would exceed the node's limits: as a further topic, or in bytes. */
    private boolean isFull(Message message) {
        long messages = shard.metrics().retainedMessages.get();
        long bytes = shard.metrics().retainedBytes.get() + message.bytes();
        ShardSettings settings = shard.settings();
        if (messages < settings.retainedMessagesMax() && bytes <= settings.retainedBytesMax()) {
            return false;
        }
        RetainedRow replaced = shard.ownRetained().get(message.topic());
        if (replaced == null) {
            return true;
        }
        // One that does not grow always fits.
        int more = message.bytes() - replaced.message().bytes();
        return more > 0 && bytes - replaced.message().bytes() > settings.retainedBytesMax();
    }

    private void clear(Topic topic, Heard heard) {
        Totals before = shard.ownRetained().totals();
        RetainedCleared cleared = shard.ownRetained().clear(topic, heard);
        if (cleared != null) {
            shard.journal().append(cleared);
            count(before);
        } else {
            heard.received().forEach(shard.queues()::add);
        }
    }

    private void count(Totals before) {
        Totals after = shard.ownRetained().totals();
        shard.metrics().retainedMessages.addAndGet(after.messages() - before.messages());
        shard.metrics().retainedBytes.addAndGet(after.bytes() - before.bytes());
    }

    /** Called about once a second: deletes what has expired. */
    void tick() {
        for (Topic topic : shard.ownRetained().expired(shard.now(), EXPIRED_PER_TICK)) {
            clear(topic, Heard.NOTHING);
        }
    }

    RetainedPage read(RetainedQuery query) {
        RetainedMessages.Page page =
                shard.ownRetained()
                        .read(query.filter(), query.after(), PAGE_ROWS, PAGE_BYTES, shard.now());
        return new RetainedPage(page.rows(), query.next(page.last()));
    }

    private static void done(@Nullable Receipt receipt, ReasonCode outcome) {
        if (receipt != null) {
            receipt.done(outcome);
        }
    }
}
