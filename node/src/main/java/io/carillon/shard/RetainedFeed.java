package io.carillon.shard;

import io.carillon.mqtt.packet.Subscription;
import io.carillon.record.RetainedRow;
import io.carillon.session.DurableSession;
import java.util.ArrayDeque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Brings the retained messages of new subscriptions to a durable session, page by page: the next
 * one is read when the queue has room for it, so that neither fills up memory.
 */
final class RetainedFeed {
    private final ShardContext shard;
    private final Client client;
    private final DurableSession session;
    private final Queueing queueing;
    private final ArrayDeque<Subscription> subscriptions = new ArrayDeque<>();
    private @Nullable RetainedQuery query;
    private boolean reading;

    RetainedFeed(ShardContext shard, Client client, DurableSession session, Pumps pumps) {
        this.shard = shard;
        this.client = client;
        this.session = session;
        this.queueing = new Queueing(shard, pumps);
    }

    void add(List<Subscription> more) {
        subscriptions.addAll(more);
        resume();
    }

    /** Goes on if there is something to read and room for it. */
    void resume() {
        Subscription subscription = subscriptions.peek();
        if (subscription == null || reading || !session.outbox().hasRoom()) {
            return;
        }
        reading = true;
        RetainedQuery next = query == null ? shard.shards().retained(subscription.filter()) : query;
        shard.shards().read(next, page -> shard.loop().execute(() -> take(page, subscription)));
    }

    private void take(RetainedPage page, Subscription subscription) {
        reading = false;
        if (session.ended() || client.feed != this || !shard.journal().leads()) {
            return;
        }
        for (RetainedRow row : page.rows()) {
            if (!queueing.queueRetained(client, session, row, subscription)) {
                break;
            }
        }
        query = page.next();
        if (query == null) {
            subscriptions.remove();
        }
        resume();
    }
}
