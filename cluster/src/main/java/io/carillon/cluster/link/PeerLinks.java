package io.carillon.cluster.link;

import io.carillon.cluster.NodeId;
import io.carillon.loop.Loop;
import java.net.InetSocketAddress;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;

/**
 * A node's side of all links. A link to a peer is made by {@link #connect} and dials it until
 * {@link #disconnect}; what peers send comes to the {@link PeerHandler}, whether they are dialled
 * or not. Each node dials each other one, and sends over the connection that it has opened.
 *
 * <p>Any thread where not said otherwise.
 */
public final class PeerLinks {
    private static final int ACCEPTED_MAX = 1_024;
    private static final int STRANGERS_MAX = 64;
    private static final int COUNTED_MAX = 1_024;

    private record Link(Sender sender, PeerLink face) {}

    private final Context context;
    private final Map<NodeId, Link> links = new ConcurrentHashMap<>();
    private final Map<NodeId, LinkCounters> counters = new ConcurrentHashMap<>();
    private final LinkCounters othersCounters = new LinkCounters();

    /** In the order of coming, so that a simulated run repeats. On the loop. */
    private final Set<Accepted> accepted = new LinkedHashSet<>();

    private boolean closed;

    /**
     * @param loop runs all of it; {@code handler} and {@code listener} are called there
     * @param random for jitter
     */
    public PeerLinks(
            Loop loop,
            Wire.Dialer dialer,
            LinkIdentity self,
            LinkSettings settings,
            PeerHandler handler,
            PeerListener listener,
            RandomGenerator random) {
        this(loop, dialer, self, Versions.OURS, settings, handler, listener, random);
    }

    PeerLinks(
            Loop loop,
            Wire.Dialer dialer,
            LinkIdentity self,
            Versions versions,
            LinkSettings settings,
            PeerHandler handler,
            PeerListener listener,
            RandomGenerator random) {
        this.context =
                new Context(
                        loop,
                        dialer,
                        self,
                        versions,
                        settings,
                        handler,
                        new CarefulListener(listener),
                        random,
                        new Handshake(self, versions),
                        new Receivers(),
                        new RefusalLog(settings.beatMillis()),
                        new AtomicLong(),
                        new AtomicReference<>(Pulse.NONE));
        loop.schedule(settings.beatMillis(), this::beat);
    }

    /**
     * Dials the peer until {@link #disconnect}. With another address the next attempt goes there; a
     * connection that stands remains.
     *
     * @throws IllegalArgumentException if that is this node itself, or the address is a name that
     *     was not looked up: links don't, since that may block
     */
    public PeerLink connect(NodeId peer, InetSocketAddress address) {
        if (address.isUnresolved()) {
            throw new IllegalArgumentException("the address " + address + " is not resolved");
        }
        if (peer.equals(context.self().node())) {
            throw new IllegalArgumentException("node " + peer + " does not connect to itself");
        }
        Link link = links.computeIfAbsent(peer, each -> newLink(each, address));
        context.post(() -> link.sender().dialAt(address));
        return link.face();
    }

    /**
     * Gives the peer up: its calls fail and its kept messages are {@link PeerListener#returned
     * returned}. What it still sends is received. Nothing happens if it is not connected to.
     */
    public void disconnect(NodeId peer) {
        Link link = links.remove(peer);
        if (link != null) {
            context.post(link.sender()::giveUp);
        }
    }

    /** The link to a peer that this node connects to. */
    public Optional<PeerLink> link(NodeId peer) {
        return Optional.ofNullable(links.get(peer)).map(Link::face);
    }

    /** Flushes all links. */
    public void flush() {
        for (Link each : links.values()) {
            each.face().flush();
        }
    }

    /** Counters of the links to the peers that this node connects to. */
    public Map<NodeId, LinkStats> stats() {
        Map<NodeId, LinkStats> all = new TreeMap<>();
        links.forEach((peer, link) -> all.put(peer, link.face().stats()));
        return all;
    }

    /** How often this node refused another one, or was refused. */
    public long refusals() {
        return context.refusals().count();
    }

    /** Says that with each heartbeat from now on. On the loop. */
    public void beatWith(Pulse pulse) {
        context.loop().assertInside();
        context.pulseNow().set(pulse);
    }

    /** Sends a heartbeat to all peers that are up, besides the usual ones. On the loop. */
    public void beatNow() {
        context.loop().assertInside();
        for (Link each : links.values()) {
            each.sender().say();
        }
    }

    /** Takes a wire that somebody else has opened; returns who listens to it. On the loop. */
    public Wire.Listener accept(Wire wire) {
        context.loop().assertInside();
        if (closed || accepted.size() >= ACCEPTED_MAX || strangers() >= STRANGERS_MAX) {
            wire.close(null);
            return Wire.NOBODY;
        }
        Accepted next =
                new Accepted(
                        context,
                        wire,
                        hello -> new Receiver(context, hello, countersOf(hello.from().node())),
                        accepted::remove);
        accepted.add(next);
        return next;
    }

    /** Gives all peers up and ends their connections. On the loop. */
    public void close() {
        context.loop().assertInside();
        closed = true;
        for (NodeId peer : List.copyOf(links.keySet())) {
            Link link = links.remove(peer);
            if (link != null) {
                link.sender().giveUp();
            }
        }
        for (Accepted each : List.copyOf(accepted)) {
            each.close("this node stops");
        }
    }

    private long strangers() {
        return accepted.stream().filter(Accepted::isStranger).count();
    }

    private Link newLink(NodeId peer, InetSocketAddress address) {
        LinkSettings settings = context.settings();
        LinkCounters counted = countersOf(peer);
        Outbox outbox = new Outbox(settings);
        Calls calls = new Calls(peer, context.loop(), settings.callsMax(), counted);
        Sender sender = new Sender(peer, address, context, outbox, calls, counted);
        return new Link(sender, new PeerLink(sender, context, outbox, calls, counted));
    }

    private LinkCounters countersOf(NodeId peer) {
        return counters.size() < COUNTED_MAX
                ? counters.computeIfAbsent(peer, _ -> new LinkCounters())
                : counters.getOrDefault(peer, othersCounters);
    }

    private void beat() {
        if (closed) {
            return;
        }
        context.refusals().beat();
        context.receivers().beat();
        for (Link each : links.values()) {
            each.sender().beat();
        }
        for (Accepted each : List.copyOf(accepted)) {
            each.beat();
        }
        context.loop().schedule(context.settings().beatMillis(), this::beat);
    }
}
