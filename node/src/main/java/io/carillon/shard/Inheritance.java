package io.carillon.shard;

import io.carillon.mqtt.packet.Subscription;
import io.carillon.record.SessionRow;
import io.carillon.session.DurableSession;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a leadership finds stored of its clients, and makes of it: sessions go on, what is over
 * comes to its end, and connections may announce themselves before they are taken for broken.
 */
final class Inheritance {
    private final ShardContext shard;
    private final Sessions sessions;

    /** Sessions and wills that have nothing to wait for. */
    private final List<SessionRow> over = new ArrayList<>();

    private long newestAttachment;

    /** How often announcements were begun to be waited for. */
    private int awaiting;

    Inheritance(ShardContext shard, Sessions sessions) {
        this.shard = shard;
        this.sessions = sessions;
    }

    /** Takes back what is stored. Sessions that are over stay outside: none can be resumed. */
    void restore(StateReader state) {
        sessions.numberFrom(state.nextSession());
        Map<Long, DurableSession> restored = new HashMap<>();
        for (SessionRow row : state.sessions()) {
            newestAttachment = Math.max(newestAttachment, row.attachment());
            if (row.durable() && !row.isOver(shard.now())) {
                restored.put(row.session(), sessions.host(client(row), row));
            } else if (!row.durable() && row.live() && shard.settings().isClustered()) {
                restoreWill(row);
            } else {
                over.add(row);
            }
        }
        state.restore(restored);
        for (Client client : shard.clients().values()) {
            DurableSession session = client.session;
            if (session != null) {
                for (Subscription subscription : session.subscriptions().values()) {
                    shard.trie().subscribe(client.hosted(), subscription);
                }
            }
        }
    }

    private Client client(SessionRow row) {
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
            client(row).willRow = row;
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
        over.forEach(sessions::finish);
        over.clear();
        sessions.awaitDeadlines();
        awaitAnnouncements();
    }

    /** From now on connections announce themselves, or are taken for broken later. */
    void awaitAnnouncements() {
        if (shard.settings().isClustered()) {
            int begun = ++awaiting;
            shard.after(
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
                sessions.disconnected(client, false, -1);
            }
        }
    }
}
