package io.carillon.cluster.interest;

import io.carillon.cluster.Epoch;
import io.carillon.cluster.NodeId;
import io.carillon.cluster.interest.Barriers.Barrier;
import io.carillon.cluster.interest.Message.Applied;
import io.carillon.cluster.interest.Message.Ask;
import io.carillon.cluster.interest.Message.State;
import io.carillon.cluster.interest.Message.States;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The owners that this node speaks for, and the peers that listen. On the loop. */
final class Speaking {
    private final Surroundings here;
    private final Listening listening;
    private final Consumer<Owner> whenResigned;
    private final Map<Owner, Announcer> announcers = new LinkedHashMap<>();
    private final Set<NodeId> peers = new LinkedHashSet<>();

    /** Peers out of reach that are waited for all the same: they may act on what they know. */
    private final Set<NodeId> away = new LinkedHashSet<>();

    /** Peers that haven't been told yet whom this node speaks for, be it nobody. */
    private final Set<NodeId> toGreet = new LinkedHashSet<>();

    /** Peers of which this node wants to hear whom they speak for. */
    private final Set<NodeId> toAsk = new LinkedHashSet<>();

    Speaking(Surroundings here, Listening listening, Consumer<Owner> whenResigned) {
        this.here = here;
        this.listening = listening;
        this.whenResigned = whenResigned;
    }

    Announcer speakFor(Owner owner, Epoch epoch) {
        if (announcers.containsKey(owner)) {
            throw new IllegalStateException(
                    "this node speaks for " + owner + " already; it has to resign first");
        }
        Announcer announcer = new Announcer(here, this, owner, epoch);
        announcers.put(owner, announcer);
        return announcer;
    }

    @Nullable Announcer of(Owner owner) {
        return announcers.get(owner);
    }

    Collection<Announcer> all() {
        return announcers.values();
    }

    void begun(Announcer announcer) {
        peers.forEach(announcer::addPeer);
        for (NodeId each : away) {
            announcer.addPeer(each);
            announcer.restPeer(each);
        }
        Epoch heard = listening.epochOf(announcer.owner());
        if (heard != null && heard.compareTo(announcer.reign().epoch()) > 0) {
            announcer.supersede(heard); // this comes too late
        } else {
            listening.leave(announcer.owner());
        }
    }

    void resigned(Announcer announcer) {
        announcers.remove(announcer.owner());
        if (announcer.hasBegun()) {
            listening.inherit(announcer.reign(), announcer.version(), announcer.table());
            whenResigned.accept(announcer.owner());
        }
    }

    void peerUp(NodeId peer) {
        away.remove(peer);
        peers.add(peer);
        toGreet.add(peer);
        toAsk.add(peer);
        announcers.values().stream()
                .filter(Announcer::hasBegun)
                .forEach(each -> each.addPeer(peer));
    }

    void peerDown(NodeId peer) {
        peers.remove(peer);
        toGreet.remove(peer);
        toAsk.remove(peer);
        away.add(peer);
        announcers.values().forEach(each -> each.restPeer(peer));
        letGo(peer);
    }

    /** Nobody waits for the peer any more once it can't act on what it knows. */
    private void letGo(NodeId peer) {
        if (!away.contains(peer)) {
            return;
        }
        long owedMillis = here.owedMillis(peer);
        if (owedMillis > 0) {
            here.loop().schedule(owedMillis, () -> letGo(peer));
        } else {
            away.remove(peer);
            announcers.values().forEach(each -> each.removePeer(peer));
        }
    }

    /** Lets go of peers that have given back what they were promised. */
    void settled() {
        List.copyOf(away).forEach(this::letGo);
    }

    /** True if the peer is in reach and lacks nothing that others did not wait for. */
    boolean isLevel(NodeId peer) {
        return peers.contains(peer)
                && announcers.values().stream()
                        .filter(Announcer::hasBegun)
                        .allMatch(each -> each.isLevel(peer));
    }

    /** A barrier takes too long; returns for how long those that it waits for may still act. */
    long overtaken(Barrier barrier) {
        announcers.values().forEach(each -> each.overtaken(barrier));
        return Stream.concat(peers.stream(), away.stream())
                .filter(peer -> !isLevel(peer))
                .mapToLong(here::owedMillis)
                .max()
                .orElse(0);
    }

    /** Has all peers tell everything again. */
    void askAll() {
        toGreet.addAll(peers);
        toAsk.addAll(peers);
    }

    /** The peer wants to hear everything: what it confirmed before may be forgotten by now. */
    void greet(NodeId peer) {
        if (peers.contains(peer)) {
            toGreet.add(peer);
            announcers.values().stream()
                    .filter(Announcer::hasBegun)
                    .forEach(each -> follower(each, peer).restart(each.version()));
        }
    }

    /** The peer is to confirm all anew. */
    void doubt(NodeId peer) {
        announcers.values().stream()
                .filter(Announcer::speaks)
                .forEach(each -> follower(each, peer).doubt());
    }

    void applied(NodeId peer, Applied message) {
        message.positions()
                .forEach(
                        position -> {
                            Announcer announcer = announcers.get(position.reign().owner());
                            if (announcer != null) {
                                announcer.applied(peer, position);
                            }
                        });
    }

    void asked(NodeId peer, Ask ask) {
        Announcer announcer = announcers.get(ask.reign().owner());
        if (announcer != null && peers.contains(peer)) {
            announcer.answer(peer, ask);
        }
    }

    /** Sends what the turn has collected, and tells digests where they are due. */
    void turnEnd() {
        announcers.values().forEach(Announcer::flush);
        peers.forEach(peer -> tell(peer, each -> follower(each, peer).isDue()));
    }

    /** Tells a digest of all, or of what peers have not confirmed for long. */
    void tick(boolean all) {
        announcers.values().forEach(Announcer::flush);
        announcers.values().forEach(each -> each.table().trim());
        peers.forEach(
                peer -> tell(peer, each -> follower(each, peer).isStuck(each.version()) || all));
    }

    void enlist(Barrier barrier) {
        announcers.values().forEach(each -> each.enlist(barrier));
    }

    private void tell(NodeId peer, Predicate<Announcer> which) {
        List<Announcer> told =
                announcers.values().stream().filter(Announcer::speaks).filter(which).toList();
        if (told.isEmpty() && !toGreet.contains(peer)) {
            return;
        }
        List<State> states = new ArrayList<>(told.size());
        told.forEach(each -> states.add(each.state()));
        boolean sent = here.send(peer, new States(states, toAsk.contains(peer)));
        if (sent) {
            toGreet.remove(peer);
            toAsk.remove(peer);
        }
        told.forEach(each -> follower(each, peer).told(each.version(), sent));
    }

    private static Follower follower(Announcer announcer, NodeId peer) {
        Follower follower = announcer.follower(peer);
        if (follower == null) {
            throw new IllegalStateException(
                    announcer.reign() + " does not know the peer " + peer + ", which is up");
        }
        return follower;
    }
}
