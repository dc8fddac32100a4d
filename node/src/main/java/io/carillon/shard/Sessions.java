package io.carillon.shard;

import io.carillon.mqtt.packet.Subscription;
import io.carillon.record.SessionRow;
import io.carillon.record.ShardRecord.SessionRemoved;
import io.carillon.record.ShardRecord.SessionSaved;
import io.carillon.session.DurableSession;
import org.jspecify.annotations.Nullable;

/** The life of the sessions of a shard: saved, disconnected, their wills published, ended. */
final class Sessions {
    private final ShardContext shard;
    private final Wills wills;
    private final Departures departures;
    private final Spent spent = new Spent();
    private final Leavings leavings;
    private final Deadlines deadlines = new Deadlines();

    private long nextSession;

    Sessions(ShardContext shard) {
        this.shard = shard;
        this.wills = new Wills(shard);
        this.departures = new Departures(shard, wills);
        this.leavings = new Leavings(shard);
    }

    /** New sessions are numbered from there on. */
    void numberFrom(long first) {
        nextSession = first;
    }

    /** What is stored of a session is its client's again, and everything else by now or soon. */
    DurableSession host(Client client, SessionRow row) {
        DurableSession session = restored(row);
        host(client, session);
        return session;
    }

    /** A stored session or will that nobody can come back to: its will goes out, the rest goes. */
    void finish(SessionRow row) {
        if (row.durable()) {
            DurableSession session = restored(row);
            SessionRow due = takeWill(session);
            if (due != null) {
                wills.publish(due);
            }
            leavings.clear(session);
        } else if (row.replaced() && shard.settings().isClustered()) {
            departures.await(row);
        } else {
            wills.publish(row);
        }
    }

    /** Deadlines of those that are not connected count again. */
    void awaitDeadlines() {
        for (Client client : shard.clients().values()) {
            SessionRow row = client.row();
            if (row != null && !row.live()) {
                deadlines.set(client.id, Math.min(row.willAtMillis(), row.expiresAtMillis()));
            }
        }
    }

    /** Nobody finds these sessions here any more; nothing of what is stored changes. */
    void forget() {
        for (Client client : shard.clients().values()) {
            DurableSession session = client.session;
            if (session == null) {
                continue;
            }
            for (Subscription subscription : session.subscriptions().values()) {
                shard.trie().unsubscribe(client.hosted(), subscription.filter());
            }
            client.hosted().leave();
            shard.metrics().sessions.decrementAndGet();
        }
    }

    /**
     * Stores what CONNECT asked of a durable session, will included [MQTT-3.1.2-7], and opens it if
     * there is none.
     */
    void save(Client client, AttachRequest request) {
        DurableSession session = client.session;
        SessionRow before = session == null ? null : session.row();
        SessionRow row =
                new SessionRow(
                        before == null ? nextSession++ : before.session(),
                        client.id,
                        client.userName,
                        true,
                        request.sessionExpirySeconds(),
                        client.attachment,
                        request.caller(),
                        before == null || before.opened() && before.isOf(request.caller()),
                        0,
                        request.will(),
                        before == null ? 0 : before.sentSeq());
        if (session == null) {
            session = DurableSession.opened(row, shard.queues(), shard.settings().queue());
            host(client, session);
        }
        session.save(row, before == null, effects(client));
        deadlines.set(client.id, Long.MAX_VALUE);
    }

    /** Stores the will of a client whose session ends with its connection. */
    void saveWill(Client client, AttachRequest request) {
        SessionRow before = client.willRow; // of the same connection, which asks again
        SessionRow row =
                new SessionRow(
                        before == null ? nextSession++ : before.session(),
                        client.id,
                        client.userName,
                        false,
                        0,
                        client.attachment,
                        request.caller(),
                        true,
                        0,
                        request.will(),
                        0);
        client.willRow = row;
        shard.journal().append(new SessionSaved(row, before == null));
    }

    /**
     * The client's connection is gone: the session waits for its expiry [MQTT-3.1.2-23]
     * [MQTT-4.1.0-1] [MQTT3-4.1.0-1] [MQTT3-4.1.0-2], or ends [MQTT-4.1.0-2].
     */
    void disconnected(Client client, boolean dropWill, long sessionExpirySeconds) {
        SessionRow row = client.row();
        if (row == null) {
            shard.clients().remove(client.id);
            return;
        }
        if (dropWill) {
            row = row.withoutWill();
        }
        if (sessionExpirySeconds >= 0 && row.durable()) {
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
        if (row.isOver(now)) {
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

    /** True if the client's session has come to its end, though nobody has ended it yet. */
    boolean isOver(Client client) {
        SessionRow row = client.row();
        return row != null && !client.isConnected() && row.isOver(shard.now());
    }

    /** Ends a client's session, if it has one: its will goes out, the rest is deleted. */
    void end(Client client) {
        publishWill(client);
        deadlines.set(client.id, Long.MAX_VALUE);
        shard.clients().remove(client.id);
        SessionRow willRow = client.willRow;
        if (willRow != null && shard.journal().isOpen()) {
            shard.journal().append(new SessionRemoved(willRow.session())); // its will was dropped
        }
        client.willRow = null;
        DurableSession session = client.session;
        if (session == null) {
            return;
        }
        client.session = null;
        for (Subscription subscription : session.subscriptions().values()) {
            shard.trie().unsubscribe(client.hosted(), subscription.filter());
        }
        session.end();
        shard.metrics().sessions.decrementAndGet();
        leavings.clear(session);
    }

    /**
     * Another connection replaces the client's: its will is due, unless it turns out that the
     * client had said goodbye.
     */
    void replaced(Client client) {
        if (shard.settings().isClustered()) {
            SessionRow due = takeWill(client, 0);
            if (due != null) {
                departures.await(due);
            }
        } else {
            publishWill(client);
        }
    }

    /** A connection that is not the client's any more has ended. */
    void replacedEnded(long attachment, boolean dropWill) {
        departures.ended(attachment, dropWill);
    }

    /** True if the connection's will goes out: it has ended, and does not come back. */
    boolean isSpent(long caller) {
        return spent.has(caller);
    }

    /** Publishes the will of a client, if it has one. */
    private void publishWill(Client client) {
        SessionRow due = takeWill(client, shard.now());
        if (due != null) {
            spent.add(due.caller());
            wills.publish(due);
        }
    }

    /**
     * The will of a client gets a row of its own: what the session does next is free. In a cluster
     * that row says that the connection has ended: whoever leads next does not take it back.
     *
     * @param nowMillis when a live connection without a session ended, or 0 if it was replaced
     */
    private @Nullable SessionRow takeWill(Client client, long nowMillis) {
        DurableSession session = client.session;
        if (session != null) {
            return takeWill(session);
        }
        SessionRow row = client.willRow;
        if (row == null || row.will() == null) {
            return null;
        }
        client.willRow = null;
        if (shard.settings().isClustered()) {
            row = row.live() ? row.detached(nowMillis, 0) : row;
            shard.journal().append(new SessionSaved(row, false));
        }
        return row;
    }

    private @Nullable SessionRow takeWill(DurableSession session) {
        SessionRow row = session.row();
        if (row.will() == null) {
            return null;
        }
        SessionRow due = row.willOnly(nextSession++);
        Journal journal = shard.journal();
        journal.append(new SessionSaved(due, true));
        session.replace(row.withoutWill());
        journal.append(new SessionSaved(session.row(), false));
        return due;
    }

    private DurableSession restored(SessionRow row) {
        return DurableSession.restored(row, shard.queues(), shard.settings().queue());
    }

    private void host(Client client, DurableSession session) {
        client.session = session;
        client.subscriber = new DurableSubscriber(shard.lane(), client, session);
        shard.metrics().sessions.incrementAndGet();
    }

    private ClientEffects effects(Client client) {
        return new ClientEffects(shard, client);
    }
}
