package io.carillon.shard;

import io.carillon.mqtt.packet.Subscription;
import io.carillon.record.SessionRow;
import io.carillon.record.ShardRecord.SessionRemoved;
import io.carillon.record.ShardRecord.SessionSaved;
import io.carillon.session.DurableSession;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The life of the sessions of a shard: saved, disconnected, their wills published, ended. */
final class Sessions {
    private final ShardContext shard;
    private final Wills wills;
    private final Leavings leavings;
    private final Deadlines deadlines = new Deadlines();

    /** Sessions and wills that were stored, and have nothing to wait for. */
    private final List<SessionRow> over = new ArrayList<>();

    private long nextSession;
    private long newestAttachment;

    /** How often announcements were begun to be waited for. */
    private int awaiting;

    Sessions(ShardContext shard) {
        this.shard = shard;
        this.wills = new Wills(shard);
        this.leavings = new Leavings(shard);
    }

    /** Takes back what is stored. Sessions that are over stay outside: none can be resumed. */
    void restore(StateReader state) {
        nextSession = state.nextSession();
        Map<Long, DurableSession> restored = new HashMap<>();
        for (SessionRow row : state.sessions()) {
            newestAttachment = Math.max(newestAttachment, row.attachment());
            if (row.durable() && !row.isOver(shard.now())) {
                Client client = restoredClient(row);
                DurableSession session = restored(row);
                host(client, session);
                restored.put(row.session(), session);
            } else if (!row.durable() && row.live() && shard.settings().isClustered()) {
                restoreWill(row);
            } else {
                over.add(row);
            }
        }
        state.restore(restored);
        for (DurableSession session : restored.values()) {
            Client client = Objects.requireNonNull(shard.clients().get(session.row().clientId()));
            for (Subscription subscription : session.subscriptions().values()) {
                shard.trie().subscribe(subscriber(client), subscription);
            }
        }
    }

    private Client restoredClient(SessionRow row) {
        Client client = shard.clients().computeIfAbsent(row.clientId(), Client::new);
        SessionRow will = client.willRow;
        if (will != null) {
            client.willRow = null;
            over.add(will);
        }
        client.userName = row.userName();
        client.attachment = row.attachment();
        return client;
    }

    /** The will of a connection that may be there still; one that is replaced is due. */
    private void restoreWill(SessionRow row) {
        Client known = shard.clients().get(row.clientId());
        SessionRow newer = known == null ? null : known.row();
        if (newer != null && (newer.durable() || newer.attachment() > row.attachment())) {
            over.add(row);
        } else {
            restoredClient(row).willRow = row;
        }
    }

    /** The highest number of an attachment that is stored. */
    long newestAttachment() {
        return newestAttachment;
    }

    /**
     * What is over comes to its end, older wills first; deadlines count again. Whoever was
     * connected to a node that stopped is not, from now on; in a cluster, unless the connection
     * announces itself in time.
     */
    void begin() {
        for (SessionRow row : over) {
            if (row.durable()) {
                DurableSession session = restored(row);
                publishWill(session);
                leavings.clear(session);
            } else {
                wills.publish(row);
            }
        }
        over.clear();
        for (Client client : List.copyOf(shard.clients().values())) {
            SessionRow row = client.row();
            if (row != null && !row.live()) {
                deadlines.set(client.id, Math.min(row.willAtMillis(), row.expiresAtMillis()));
            }
        }
        awaitAnnouncements();
    }

    /** From now on connections announce themselves, or are taken for broken later. */
    void awaitAnnouncements() {
        if (shard.settings().isClustered()) {
            int begun = ++awaiting;
            shard.loop()
                    .schedule(
                            shard.settings().reattachMillis(),
                            () -> {
                                if (begun == awaiting) {
                                    endUnannounced();
                                }
                            });
        } else {
            endUnannounced();
        }
    }

    /** Rows that are live, of connections that are not there. */
    private void endUnannounced() {
        if (!shard.journal().isOpen()) {
            return; // on resuming they get their time again
        }
        for (Client client : List.copyOf(shard.clients().values())) {
            SessionRow row = client.row();
            if (row != null && row.live() && !client.isConnected()) {
                disconnected(client, false, -1);
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
                shard.trie().unsubscribe(subscriber(client), subscription.filter());
            }
            subscriber(client).leave();
            shard.metrics().sessions.decrementAndGet();
        }
    }

    /**
     * Stores what CONNECT asked of a durable session, will included [MQTT-3.1.2-7], and opens it if
     * there is none.
     */
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
            shard.trie().unsubscribe(subscriber(client), subscription.filter());
        }
        session.end();
        shard.metrics().sessions.decrementAndGet();
        leavings.clear(session);
    }

    /** Publishes the will of a client, if it has one. */
    void publishWill(Client client) {
        DurableSession session = client.session;
        if (session != null) {
            publishWill(session);
            return;
        }
        SessionRow row = client.willRow;
        if (row != null && row.will() != null) {
            client.willRow = null;
            wills.publish(row);
        }
    }

    /** The will leaves the session's row for one of its own: what the session does next is free. */
    private void publishWill(DurableSession session) {
        SessionRow row = session.row();
        if (row.will() == null) {
            return;
        }
        SessionRow due = row.willOnly(nextSession++);
        Journal journal = shard.journal();
        journal.append(new SessionSaved(due, true));
        session.replace(row.withoutWill());
        journal.append(new SessionSaved(session.row(), false));
        wills.publish(due);
    }

    private DurableSession restored(SessionRow row) {
        return DurableSession.restored(row, shard.queues(), shard.settings().queue());
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
        return new ClientEffects(shard, client);
    }
}
