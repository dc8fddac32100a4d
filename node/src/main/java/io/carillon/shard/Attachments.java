package io.carillon.shard;

import io.carillon.mqtt.packet.ReasonCode;
import io.carillon.mqtt.packet.Will;
import io.carillon.record.SessionRow;
import io.carillon.session.DurableSession;
import io.carillon.storage.StorageException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Decides who is the one connection of each client id, and what becomes of its session: one place,
 * no lock. Fences by number: whatever comes from an older attachment is dropped.
 */
final class Attachments {
    private static final String TAKEN_OVER = "another connection uses this client id";
    private static final String TAKEN_FOR_BROKEN =
            "the cluster has taken this connection for broken; connect again";

    private final ShardContext shard;
    private final Sessions sessions;
    private final Pumps pumps;
    private final Fence fence;
    private long lastAttachment;

    Attachments(ShardContext shard, Sessions sessions, Pumps pumps) {
        this.shard = shard;
        this.sessions = sessions;
        this.pumps = pumps;
        this.fence = new Fence(shard);
    }

    /**
     * Begins above all numbers that were ever given.
     *
     * @param newest the highest that is stored
     */
    void lead(long newest) {
        lastAttachment = Math.max(shard.journal().firstAttachment(), newest);
    }

    /**
     * CONNECT, authenticated: takes over, resumes or begins the session of this client id
     * [MQTT-3.1.3-2] [MQTT-3.1.4-4] [MQTT3-3.1.3-2] [MQTT3-3.1.4-3].
     */
    void attach(AttachRequest request) {
        fence.asks(request.clientId(), request.caller());
        Client client = shard.clients().get(request.clientId());
        if (client != null && isAnothers(client, request.userName())) {
            shard.metrics().refused.increment();
            request.outlet()
                    .refused(
                            ReasonCode.NOT_AUTHORIZED,
                            "the client id is in use by another user; choose another client id");
            return;
        }
        SessionRow row = client == null ? null : client.row();
        SessionRow own = row != null && row.isOf(request.caller()) ? row : null;
        boolean ended = own != null ? !own.live() : sessions.isSpent(request.caller());
        if (ended) { // its will may be published: it does not come back
            request.outlet().refused(ReasonCode.SERVER_UNAVAILABLE, TAKEN_FOR_BROKEN);
            return;
        }
        boolean resumed =
                client != null
                        && client.session != null
                        && (own != null || !request.cleanStart() && !sessions.isOver(client));
        boolean durable = resumed || request.sessionExpirySeconds() > 0;
        boolean stored = durable || replacesStored(client) || request.will() != null;
        if (stored && !shard.journal().takesMore()) {
            request.outlet().refused(ReasonCode.SERVER_UNAVAILABLE, shard.journal().refusal());
            return;
        }
        boolean present = resumed && (own == null || !own.opened());
        if (client != null && own != null) {
            announcedAnew(client);
        } else if (client != null) {
            takeOver(client, resumed);
        }
        begin(request, present, durable, stored);
    }

    /** On a node alone a will can be due without a word in the store: there is but one opinion. */
    private boolean replacesStored(@Nullable Client client) {
        return client != null
                && (client.session != null
                        || client.willRow != null && shard.settings().isClustered());
    }

    /** A live connection is taken over, a durable session resumed, only by the same user. */
    private static boolean isAnothers(Client client, @Nullable String userName) {
        SessionRow row = client.row();
        String owner = client.isConnected() || row == null ? client.userName : row.userName();
        return !Objects.equals(owner, userName);
    }

    /** Ends what the new connection replaces [MQTT-3.1.4-3] [MQTT3-3.1.4-2]. */
    private void takeOver(Client client, boolean resumed) {
        Outlet old = client.outlet;
        SessionRow row = client.row();
        // After a change of leaders the old connection may not have announced itself yet.
        if (old != null || row != null && row.live()) {
            shard.metrics().takeovers.increment();
            Will will = row == null ? null : row.will();
            // The old connection ends without DISCONNECT; a delayed will waits for a session that
            // ends.
            boolean willDue = will != null && (!resumed || will.delaySeconds() == 0);
            disconnect(client);
            if (old != null) {
                if (client.answered) {
                    fence.closing(client.id, client.attachment);
                }
                old.close(ReasonCode.SESSION_TAKEN_OVER, TAKEN_OVER);
            } else if (row != null) {
                fence.unannounced(client.id, row.attachment(), row.caller());
            }
            if (willDue) {
                sessions.replaced(client);
            }
        }
        if (!resumed) {
            sessions.end(client); // [MQTT-3.1.2-4] [MQTT3-3.1.2-6]
        }
    }

    private void begin(AttachRequest request, boolean present, boolean durable, boolean stored) {
        Client client = shard.clients().computeIfAbsent(request.clientId(), Client::new);
        client.attachment = ++lastAttachment;
        client.outlet = request.outlet();
        client.userName = request.userName();
        client.answered = false;
        if (durable) {
            sessions.save(client, request); // [MQTT-3.1.2-5] [MQTT-3.1.2-6]
        } else if (request.will() != null) {
            sessions.saveWill(client, request);
        }
        Attached attached = new Attached(client.attachment, present, durable);
        Runnable answer = () -> answer(client, attached, request.receiveMaximum());
        if (stored) {
            shard.journal()
                    .whenDurable(
                            () -> fenced(client, attached.attachment(), answer),
                            () -> refuse(client, attached.attachment()));
        } else {
            fenced(client, attached.attachment(), answer);
        }
    }

    /** One connection at a time is told anything [MQTT-3.1.4-3] [MQTT3-3.1.4-2]. */
    private void fenced(Client client, long attachment, Runnable answer) {
        if (client.outlet != null && client.attachment == attachment) {
            fence.whenEnded(client.id, answer);
        }
    }

    private void answer(Client client, Attached attached, int receiveMaximum) {
        Outlet outlet = client.outlet;
        if (outlet == null || client.attachment != attached.attachment()) {
            return;
        }
        DurableSession session = client.session;
        if (session != null) {
            try {
                session.attach(receiveMaximum);
            } catch (StorageException e) {
                disconnect(client);
                outlet.refused(ReasonCode.SERVER_UNAVAILABLE, String.valueOf(e.getMessage()));
                return;
            }
        }
        client.answered = true;
        outlet.attached(attached);
        if (shard.journal().isPaused()) {
            sendAway(client, shard.journal().refusal());
        } else {
            goOnline(client);
        }
    }

    private void goOnline(Client client) {
        DurableSubscriber subscriber = client.subscriber;
        if (client.session != null && subscriber != null) {
            online(subscriber, true);
            shard.metrics().sessionsOnline.incrementAndGet();
            pumps.wake(client);
        }
    }

    private void refuse(Client client, long attachment) {
        Outlet outlet = client.outlet;
        if (outlet != null && client.attachment == attachment) {
            disconnect(client);
            if (client.session == null) {
                shard.clients().remove(client.id);
            }
            outlet.refused(
                    shard.journal().failure() == ReasonCode.USE_ANOTHER_SERVER
                            ? ReasonCode.USE_ANOTHER_SERVER
                            : ReasonCode.SERVER_UNAVAILABLE,
                    "the session could not be stored");
        }
    }

    /** A connection that another leader attached: adopted if nothing newer is known. */
    void reattach(ReattachRequest request) {
        Client known = shard.clients().get(request.clientId());
        SessionRow row = known == null ? null : known.row();
        boolean current =
                row != null
                        ? row.live() && row.attachment() == request.attachment()
                        : !request.stored()
                                && (known == null || known.attachment <= request.attachment());
        boolean sameKind = (row != null && row.durable()) == request.durable();
        if (!current || !sameKind) {
            boolean replaced = known != null && known.attachment > request.attachment();
            fence.closing(request.clientId(), request.attachment());
            request.outlet()
                    .close(
                            replaced ? ReasonCode.SESSION_TAKEN_OVER : ReasonCode.UNSPECIFIED_ERROR,
                            replaced ? TAKEN_OVER : TAKEN_FOR_BROKEN);
            return;
        }
        Client client = shard.clients().computeIfAbsent(request.clientId(), Client::new);
        if (client.attachment == request.attachment()) {
            announcedAnew(client);
        } else if (client.outlet != null) {
            client.outlet.close(ReasonCode.SESSION_TAKEN_OVER, TAKEN_OVER);
            disconnect(client);
        }
        lastAttachment = Math.max(lastAttachment, request.attachment());
        client.attachment = request.attachment();
        client.outlet = request.outlet();
        client.userName = request.userName();
        client.answered = true;
        DurableSession session = client.session;
        if (session != null) {
            session.attach(request.receiveMaximum()); // as after a crash: its window is sent again
        }
        goOnline(client);
    }

    /**
     * A connection has ended.
     *
     * @param dropWill true after a normal DISCONNECT [MQTT-3.14.4-3]
     * @param sessionExpirySeconds what DISCONNECT set, or -1
     */
    void detach(String clientId, long attachment, boolean dropWill, long sessionExpirySeconds) {
        fence.ended(clientId, attachment);
        Client client = shard.clients().get(clientId);
        if (client == null || client.outlet == null || client.attachment != attachment) {
            sessions.replacedEnded(attachment, dropWill);
            return;
        }
        disconnect(client);
        sessions.disconnected(client, dropWill, sessionExpirySeconds);
    }

    /** Called about once a second. */
    void tick() {
        fence.tick();
    }

    /** The connection has another way to this shard: nothing goes by the former one any more. */
    private void announcedAnew(Client client) {
        Outlet former = client.outlet;
        disconnect(client);
        if (former != null) {
            former.refused(
                    ReasonCode.USE_ANOTHER_SERVER, "the connection has announced itself anew");
        }
    }

    private void disconnect(Client client) {
        client.outlet = null;
        client.feed = null;
        DurableSubscriber subscriber = client.subscriber;
        if (subscriber != null && subscriber.online()) {
            online(subscriber, false);
            shard.metrics().sessionsOnline.decrementAndGet();
        }
    }

    /** Shared subscriptions prefer members that are connected, on other nodes too. */
    private void online(DurableSubscriber subscriber, boolean online) {
        subscriber.online(online);
        shard.trie().onlineChanged(subscriber, subscriber.session().subscriptions().values());
    }

    /**
     * Another node leads, or is about to: connections stay, and are sent there. Those that wait to
     * be let in have their answer first, if there will be one.
     */
    void forget(String reason) {
        for (Client client : shard.clients().values()) {
            if (client.answered || !shard.journal().leads()) {
                sendAway(client, reason);
            }
        }
    }

    private void sendAway(Client client, String reason) {
        Outlet outlet = client.outlet;
        if (outlet != null) {
            disconnect(client);
            outlet.refused(ReasonCode.USE_ANOTHER_SERVER, reason);
        }
    }

    /**
     * The shard can't serve durable sessions any more: their clients go, transient ones stay. Who
     * waits for an answer was refused already.
     */
    void stop(String reason) {
        for (Client client : List.copyOf(shard.clients().values())) {
            Outlet outlet = client.outlet;
            if (client.session != null && outlet != null) {
                disconnect(client);
                outlet.close(ReasonCode.IMPLEMENTATION_SPECIFIC_ERROR, reason);
            }
        }
    }
}
