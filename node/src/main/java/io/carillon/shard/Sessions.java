package io.carillon.shard;

import io.carillon.mqtt.packet.Message;
import io.carillon.mqtt.packet.Subscription;
import io.carillon.mqtt.packet.TopicFilter;
import io.carillon.mqtt.packet.Will;
import io.carillon.record.Origin;
import io.carillon.record.Queued;
import io.carillon.record.SessionRow;
import io.carillon.record.ShardRecord.SessionRemoved;
import io.carillon.record.ShardRecord.SessionSaved;
import io.carillon.session.DurableSession;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;

/** The life of the sessions of a shard: saved, disconnected, their wills published, ended. */
final class Sessions {
    private static final int REDISPATCH_ENTRIES = 256;
    private static final long REDISPATCH_BYTES = 1024 * 1024;

    private final ShardContext shard;
    private final Deadlines deadlines = new Deadlines();
    private long nextSession;

    Sessions(ShardContext shard) {
        this.shard = shard;
    }

    /**
     * Takes back what is stored; whoever was connected when the node stopped is not, from now on.
     */
    void restore(StateReader state) {
        nextSession = state.nextSession();
        for (SessionRow row : state.sessions()) {
            Client client = new Client(row.clientId());
            client.userName = row.userName();
            shard.clients().put(client.id, client);
            if (row.durable()) {
                DurableSession session =
                        DurableSession.restored(row, shard.queues(), shard.settings().queue());
                state.restore(session);
                host(client, session);
                for (Subscription subscription : session.subscriptions().values()) {
                    shard.trie().subscribe(subscriber(client), subscription);
                }
            } else {
                client.willRow = row;
            }
        }
    }

    /** Whoever was connected when the node stopped is not, from now on; deadlines count again. */
    void begin() {
        for (Client client : List.copyOf(shard.clients().values())) {
            SessionRow row = client.row();
            if (row == null || client.isConnected()) {
                continue;
            }
            if (row.attachment() != 0) {
                disconnected(client, false, -1);
            } else {
                deadlines.set(client.id, Math.min(row.willAtMillis(), row.expiresAtMillis()));
            }
        }
    }

    /** Stores what CONNECT asked of a durable session, and opens it if there is none. */
    void save(Client client, AttachRequest request) {
        DurableSession session = client.session;
        boolean opened = session == null;
        SessionRow row =
                new SessionRow(
                        session == null ? nextSession++ : session.row().session(),
                        client.id,
                        client.userName,
                        true,
                        request.sessionExpirySeconds(),
                        client.attachment,
                        0,
                        request.will(),
                        session == null ? 0 : session.row().sentSeq());
        if (session == null) {
            session = DurableSession.opened(row, shard.queues(), shard.settings().queue());
            host(client, session);
        }
        session.save(row, opened, effects(client));
        deadlines.set(client.id, Long.MAX_VALUE);
    }

    /** Stores the will of a client whose session ends with its connection. */
    void saveWill(Client client, AttachRequest request) {
        SessionRow row =
                new SessionRow(
                        nextSession++,
                        client.id,
                        client.userName,
                        false,
                        0,
                        client.attachment,
                        0,
                        request.will(),
                        0);
        client.willRow = row;
        shard.journal().append(new SessionSaved(row, true));
    }

    /** The client's connection is gone: the session waits, or ends. */
    void disconnected(Client client, boolean dropWill, long sessionExpirySeconds) {
        SessionRow row = client.row();
        if (row == null) {
            shard.clients().remove(client.id);
            return;
        }
        if (dropWill) {
            row = row.withoutWill();
        }
        if (sessionExpirySeconds >= 0) {
            row = row.withExpirySeconds(sessionExpirySeconds);
        }
        DurableSession session = client.session;
        if (session == null) {
            client.willRow = row.detached(shard.now(), 0);
        } else {
            session.detach(row, shard.now(), effects(client));
        }
        tend(client);
    }

    /** Called about once a second: publishes due wills and ends sessions whose time is up. */
    void tick() {
        long now = shard.now();
        for (String id = deadlines.poll(now); id != null; id = deadlines.poll(now)) {
            Client client = shard.clients().get(id);
            if (client != null && !client.isConnected()) {
                tend(client);
            }
        }
    }

    private void tend(Client client) {
        SessionRow row = client.row();
        long now = shard.now();
        if (row == null) {
            return;
        }
        if (row.expiresAtMillis() <= now) {
            if (row.durable() && row.expirySeconds() > 0) {
                shard.metrics().sessionsExpired.increment();
            }
            end(client);
            return;
        }
        if (row.willAtMillis() <= now) {
            publishWill(client);
        }
        SessionRow left = client.row();
        if (left != null) {
            deadlines.set(client.id, Math.min(left.willAtMillis(), left.expiresAtMillis()));
        }
    }

    /** Ends a client's session, if it has one: its will goes out, the rest is deleted. */
    void end(Client client) {
        publishWill(client);
        deadlines.set(client.id, Long.MAX_VALUE);
        shard.clients().remove(client.id);
        client.willRow = null;
        DurableSession session = client.session;
        DurableSubscriber subscriber = client.subscriber;
        if (session == null || subscriber == null) {
            return;
        }
        client.session = null;
        boolean shared = false;
        for (Subscription subscription : session.subscriptions().values()) {
            shard.trie().unsubscribe(subscriber, subscription.filter());
            shared |= subscription.filter().isShared();
        }
        session.end();
        shard.metrics().sessions.decrementAndGet();
        if (shared) {
            redispatch(session, 0);
        } else {
            shard.journal().append(new SessionRemoved(session.row().session()));
        }
    }

    /**
     * Publishes the will, if there still is one, and forgets it once it is stored [MQTT-3.1.2-8].
     */
    void publishWill(Client client) {
        SessionRow row = client.row();
        Will will = row == null ? null : row.will();
        if (row == null || will == null) {
            return;
        }
        SessionRow without = row.withoutWill();
        DurableSession session = client.session;
        shard.metrics().wills.increment();
        // Numbered apart from the client's own messages: one that is published again after a crash
        // reaches each queue once.
        Origin origin = new Origin(~row.session(), row.detachedAtMillis(), true);
        Publication publication =
                new Publication(
                        will.messageAt(shard.now()), will.qos(), will.retain(), client.id, origin);
        if (session == null) {
            client.willRow = without;
        } else {
            session.replace(without);
        }
        Receipt receipt = outcome -> shard.loop().execute(() -> forgetWill(client, without));
        shard.publisher().get().publish(publication, receipt);
    }

    private void forgetWill(Client client, SessionRow without) {
        if (!shard.journal().leads()) {
            return;
        }
        if (!without.durable()) {
            shard.journal().append(new SessionRemoved(without.session()));
            return;
        }
        DurableSession session = client.session;
        if (session != null && session.row().session() == without.session()) {
            session.save(session.row(), false, effects(client));
        }
    }

    /** Gives what a member of a shared subscription leaves behind to others, page by page. */
    private void redispatch(DurableSession session, long fromSeq) {
        long number = session.row().session();
        List<Queued> page =
                shard.queues()
                        .read(
                                number,
                                fromSeq,
                                Long.MAX_VALUE,
                                REDISPATCH_ENTRIES,
                                REDISPATCH_BYTES);
        if (page.isEmpty()) {
            shard.journal().append(new SessionRemoved(number));
            return;
        }
        AtomicInteger waiting = new AtomicInteger(1);
        long next = page.getLast().seq() + 1;
        Runnable settled =
                () -> {
                    if (waiting.decrementAndGet() == 0) {
                        shard.loop().execute(() -> redispatch(session, next));
                    }
                };
        for (Queued queued : page) {
            Message message = queued.message();
            String filter = queued.sharedFilter();
            if (message != null && filter != null && session.outbox().mayGoToAnother(queued)) {
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

    private void host(Client client, DurableSession session) {
        client.session = session;
        client.subscriber = new DurableSubscriber(shard.lane(), client, session);
        shard.metrics().sessions.incrementAndGet();
    }

    private static DurableSubscriber subscriber(Client client) {
        return Objects.requireNonNull(client.subscriber);
    }

    private ClientEffects effects(Client client) {
        return new ClientEffects(shard.journal(), client);
    }
}
