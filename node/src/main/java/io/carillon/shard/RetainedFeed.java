package io.carillon.shard;

import io.carillon.mqtt.packet.Publish;
import io.carillon.mqtt.packet.QoS;
import io.carillon.mqtt.packet.Subscription;
import io.carillon.record.Queued;
import io.carillon.record.RetainedRow;
import io.carillon.session.DurableSession;
import java.util.ArrayDeque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Brings the retained messages of new subscriptions to a durable session, page by page: only as
 * many as the queue has room for, so that neither fills up memory nor displaces other messages.
 */
final class RetainedFeed {
    private static final long RETRY_MILLIS = 100;

    private final ShardContext shard;
    private final Client client;
    private final DurableSession session;
    private final Pumps pumps;
    private final ArrayDeque<Subscription> subscriptions = new ArrayDeque<>();
    private @Nullable RetainedQuery query;
    private boolean reading;

    RetainedFeed(ShardContext shard, Client client, DurableSession session, Pumps pumps) {
        this.shard = shard;
        this.client = client;
        this.session = session;
        this.pumps = pumps;
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
        if (!shard.journal().takesMore()) {
            shard.after(RETRY_MILLIS, this::retry);
            return;
        }
        RetainedQuery asked =
                query == null ? shard.retained().retained(subscription.filter()) : query;
        shard.retained().read(asked, page -> shard.later(() -> take(page, asked, subscription)));
    }

    private void retry() {
        reading = false;
        if (isCurrent()) {
            pumps.wake(client);
        }
    }

    private void take(RetainedPage page, RetainedQuery asked, Subscription subscription) {
        reading = false;
        if (session.ended() || !isCurrent() || !shard.journal().isOpen()) {
            return;
        }
        query = asked;
        for (RetainedRow row : page.rows()) {
            if (!session.outbox().hasRoom() || !shard.journal().takesMore()) {
                pumps.wake(client);
                return; // the rest is read again when there is room
            }
            queue(row, subscription);
            query = asked.behind(row.message().topic());
        }
        query = page.next();
        if (query == null) {
            subscriptions.remove();
        }
        resume();
    }

    @SuppressWarnings("ReferenceEquality") // one that a later connection has is another
    private boolean isCurrent() {
        return client.feed == this;
    }

    private void queue(RetainedRow row, Subscription subscription) {
        QoS qos = row.qos().min(subscription.options().maximumQos());
        int identifier = subscription.identifier();
        shard.queues().begin(row.message(), false, false);
        Queued queued =
                session.outbox()
                        .offer(
                                row.message(),
                                qos,
                                true, // [MQTT3-3.3.1-8] as it comes by a new subscription
                                identifier == 0 ? Publish.NO_IDENTIFIERS : new int[] {identifier},
                                null,
                                new ClientEffects(shard, client));
        if (queued == null) {
            shard.metrics().queueFull.increment(); // larger than the whole queue
            return;
        }
        shard.queues().add(session.row().session(), queued);
        shard.journal()
                .whenDurable(
                        () -> {
                            session.outbox().committed(queued.seq());
                            pumps.wake(client);
                        });
    }
}
