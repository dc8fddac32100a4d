package io.carillon.shard;

import io.carillon.mqtt.packet.Message;
import io.carillon.mqtt.packet.TopicFilter;
import io.carillon.record.Queued;
import io.carillon.record.SessionRow;
import io.carillon.record.ShardRecord.SessionRemoved;
import io.carillon.record.ShardRecord.SessionSaved;
import io.carillon.session.DurableSession;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Clears what ended sessions leave behind, page by page: messages that others still refer to are
 * released, those of shared subscriptions go to other members. Until all is cleared the session's
 * row says that it is over, so that a restart goes on with it.
 */
final class Leavings {
    private static final int PAGE_ENTRIES = 256;
    private static final long PAGE_BYTES = 1024 * 1024;

    private final ShardContext shard;

    Leavings(ShardContext shard) {
        this.shard = shard;
    }

    /** Begins to clear a session that nobody can reach any more. */
    void clear(DurableSession session) {
        clear(session, 0, false);
    }

    private void clear(DurableSession session, long fromSeq, boolean marked) {
        long number = session.row().session();
        List<Queued> page =
                shard.queues().read(number, fromSeq, Long.MAX_VALUE, PAGE_ENTRIES, PAGE_BYTES);
        if (page.isEmpty()) {
            shard.journal().append(new SessionRemoved(number));
            shard.queues().forget(number);
            return;
        }
        if (!marked) {
            SessionRow over = session.row().withoutWill().withExpirySeconds(0);
            SessionRow row = over.detached(shard.now(), session.outbox().sentSeq());
            shard.journal().append(new SessionSaved(row, false));
        }
        List<Queued> shared = new ArrayList<>();
        for (Queued queued : page) {
            if (session.outbox().mayGoToAnother(queued)) {
                shared.add(queued);
            } else {
                shard.queues().done(number, queued);
            }
        }
        long next = page.getLast().seq() + 1;
        redispatch(session, shared, () -> clear(session, next, true));
    }

    /** Gives messages to other members of their groups, and goes on once these have them. */
    private void redispatch(DurableSession session, List<Queued> shared, Runnable then) {
        AtomicInteger waiting = new AtomicInteger(1);
        Runnable settled =
                () -> {
                    if (waiting.decrementAndGet() == 0) {
                        shard.later(() -> goOn(session, shared, then));
                    }
                };
        for (Queued queued : shared) {
            Message message = queued.message();
            String filter = queued.sharedFilter();
            if (message != null && filter != null) {
                waiting.incrementAndGet();
                Publication publication =
                        new Publication(message, queued.qos(), queued.retain(), null);
                shard.publisher()
                        .get()
                        .redispatch(
                                publication,
                                TopicFilter.of(filter),
                                session.row().clientId(),
                                outcome -> settled.run());
            }
        }
        settled.run();
    }

    private void goOn(DurableSession session, List<Queued> given, Runnable then) {
        if (shard.journal().isOpen()) {
            given.forEach(queued -> shard.queues().done(session.row().session(), queued));
            then.run();
        }
    }
}
