package io.carillon.peers.session;

import io.carillon.cluster.NodeId;
import io.carillon.loop.Loop;
import io.carillon.mqtt.packet.ReasonCode;
import io.carillon.peers.Peers;
import io.carillon.peers.SessionMessage;
import io.carillon.peers.SessionMessage.Attach;
import io.carillon.peers.SessionMessage.Detach;
import io.carillon.peers.SessionMessage.Detached;
import io.carillon.peers.SessionMessage.Flow;
import io.carillon.peers.SessionMessage.Reattach;
import io.carillon.peers.SessionMessage.Refused;
import io.carillon.peers.SessionMessage.ToSession;
import io.carillon.peers.SessionMessage.ToSubscribe;
import io.carillon.shard.AttachRequest;
import io.carillon.shard.ReattachRequest;
import io.carillon.shard.Shards;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The connections of other nodes to shards of this one. On the cluster loop. Bounded by the
 * connections of those nodes.
 */
final class Guests {
    private static final long RETRY_MILLIS = 200;

    private final Peers peers;
    private final Shards shards;
    private final Loop loop;
    private final Map<NodeId, Map<Long, RemoteOutlet>> byNode = new HashMap<>();

    /** Those whose node did not take what it was told, and does not know that yet. */
    private final Set<RemoteOutlet> broken = new LinkedHashSet<>();

    private boolean retrying;

    Guests(Peers peers, Shards shards, Loop loop) {
        this.peers = peers;
        this.shards = shards;
        this.loop = loop;
    }

    // What the node of a connection says.

    void received(NodeId from, SessionMessage.ToLeader command) {
        switch (command) {
            case Attach attach -> attach(from, attach);
            case Reattach reattach -> reattach(from, reattach);
            case Detach(long number, boolean dropWill, long expiry) -> {
                RemoteOutlet guest = known(from, number);
                if (guest != null) {
                    shards.detach(
                            guest.clientId(),
                            guest.attachment,
                            dropWill,
                            expiry,
                            outcome -> loop.execute(() -> detached(guest, outcome)));
                }
            }
            case ToSubscribe(long number, var subscribe) -> {
                RemoteOutlet guest = known(from, number);
                if (guest != null) {
                    shards.subscribe(guest.clientId(), guest.attachment, subscribe);
                }
            }
            case ToSession(long number, var packets) -> {
                RemoteOutlet guest = known(from, number);
                if (guest != null) {
                    shards.packets(guest.clientId(), guest.attachment, packets);
                }
            }
            case Flow(long number, boolean congested) -> {
                RemoteOutlet guest = known(from, number);
                if (guest != null) {
                    guest.congested(congested);
                }
            }
        }
    }

    private void attach(NodeId from, Attach attach) {
        RemoteOutlet guest = add(from, attach.connection(), attach.clientId());
        shards.attach(
                new AttachRequest(
                        attach.clientId(),
                        attach.userName(),
                        attach.cleanStart(),
                        attach.sessionExpirySeconds(),
                        attach.receiveMaximum(),
                        attach.will(),
                        guest,
                        attach.caller()));
    }

    private void reattach(NodeId from, Reattach reattach) {
        RemoteOutlet guest = add(from, reattach.connection(), reattach.clientId());
        guest.attachment = reattach.attachment();
        shards.reattach(
                new ReattachRequest(
                        reattach.clientId(),
                        reattach.userName(),
                        reattach.attachment(),
                        reattach.durable(),
                        reattach.stored(),
                        reattach.receiveMaximum(),
                        guest));
    }

    private RemoteOutlet add(NodeId from, long number, String clientId) {
        RemoteOutlet guest = new RemoteOutlet(this, loop, shards, from, number, clientId);
        byNode.computeIfAbsent(from, _ -> new HashMap<>()).put(number, guest);
        return guest;
    }

    private @Nullable RemoteOutlet find(NodeId node, long number) {
        return byNode.getOrDefault(node, Map.of()).get(number);
    }

    /** Who says that; if nobody, its node is told that the connection has to announce itself. */
    private @Nullable RemoteOutlet known(NodeId from, long number) {
        RemoteOutlet guest = find(from, number);
        if (guest == null) {
            peers.tell(from, unknown(number));
        }
        return guest;
    }

    private static Refused unknown(long number) {
        return new Refused(
                number, ReasonCode.USE_ANOTHER_SERVER, "the connection is not known to this node");
    }

    /** The node has gone: so have its connections, without a word. */
    void left(NodeId node) {
        Map<Long, RemoteOutlet> gone = byNode.remove(node);
        if (gone == null) {
            return;
        }
        for (RemoteOutlet guest : gone.values()) {
            guest.gone = true;
            broken.remove(guest);
            if (guest.attachment != 0) {
                shards.detach(guest.clientId(), guest.attachment, false, -1);
            }
        }
    }

    // What shards say; see RemoteOutlet.

    void attached(RemoteOutlet guest, long attachment, boolean present, boolean durable) {
        guest.attachment = attachment;
        if (guest.gone) {
            // The client never heard of it: its will is not published.
            shards.detach(guest.clientId(), attachment, true, -1);
        } else {
            tell(guest, new SessionMessage.Attached(guest.number(), attachment, present, durable));
        }
    }

    private void detached(RemoteOutlet guest, ReasonCode outcome) {
        over(
                guest,
                outcome == ReasonCode.USE_ANOTHER_SERVER
                        ? unknown(guest.number())
                        : new Detached(guest.number()));
    }

    /** The last that a node hears of a connection under its number. */
    void over(RemoteOutlet guest, SessionMessage.ToConnection answer) {
        if (!guest.gone) {
            tell(guest, answer);
            if (!guest.isBroken()) {
                remove(guest);
            }
        }
    }

    void tell(RemoteOutlet guest, SessionMessage.ToConnection message) {
        if (guest.gone || guest.isBroken() || peers.tell(guest.node(), message)) {
            return;
        }
        guest.breakOff();
        broken.add(guest);
        retryLater();
    }

    /** The connections of broken ties announce themselves again, once their node can be told. */
    private void retry() {
        retrying = false;
        for (RemoteOutlet guest : List.copyOf(broken)) {
            if (!peers.tell(guest.node(), unknown(guest.number()))) {
                retryLater();
                return;
            }
            remove(guest);
        }
    }

    private void retryLater() {
        if (!retrying) {
            retrying = true;
            loop.schedule(RETRY_MILLIS, this::retry);
        }
    }

    private void remove(RemoteOutlet guest) {
        guest.gone = true;
        broken.remove(guest);
        Map<Long, RemoteOutlet> ofNode = byNode.get(guest.node());
        if (ofNode != null) {
            ofNode.remove(guest.number());
            if (ofNode.isEmpty()) {
                byNode.remove(guest.node());
            }
        }
    }

    int size() {
        return byNode.values().stream().mapToInt(Map::size).sum();
    }
}
