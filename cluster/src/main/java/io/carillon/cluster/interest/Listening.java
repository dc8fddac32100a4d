package io.carillon.cluster.interest;

import io.carillon.cluster.Epoch;
import io.carillon.cluster.NodeId;
import io.carillon.cluster.interest.Message.Answer;
import io.carillon.cluster.interest.Message.Changes;
import io.carillon.cluster.interest.Message.State;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The owners that other nodes speak for. On the loop. */
final class Listening {
    private final Surroundings here;
    private final Acknowledgements acknowledgements;
    private final Map<Owner, Known> known = new LinkedHashMap<>();

    /** Peers that are up, and of these the ones that have not said yet whom they speak for. */
    private final Set<NodeId> peers = new LinkedHashSet<>();

    private final Set<NodeId> silent = new LinkedHashSet<>();

    Listening(Surroundings here) {
        this.here = here;
        this.acknowledgements = new Acknowledgements(here);
    }

    Collection<Known> all() {
        return known.values();
    }

    /** True if all is known that peers within reach speak for. */
    boolean isCaughtUp() {
        return silent.isEmpty()
                && known.values().stream()
                        .allMatch(
                                each ->
                                        each.isComplete()
                                                || peers.stream().noneMatch(each::isSpokenForBy));
    }

    boolean isComplete(Owner owner) {
        Known heard = known.get(owner);
        return heard != null && heard.isComplete();
    }

    void peerUp(NodeId peer) {
        peers.add(peer);
        silent.add(peer);
    }

    void peerDown(NodeId peer) {
        peers.remove(peer);
        silent.remove(peer);
        acknowledgements.forget(peer);
        known.values().forEach(each -> each.peerDown(peer));
    }

    boolean hasGreeted(NodeId peer) {
        return !silent.contains(peer);
    }

    /** What is known has to be heard again. */
    void doubt() {
        silent.addAll(peers);
        known.values().forEach(Known::doubt);
    }

    /** The peer has said whom it speaks for. */
    void greeted(NodeId peer) {
        silent.remove(peer);
    }

    void told(NodeId from, State state) {
        known(state.reign().owner()).told(from, state);
    }

    void changed(NodeId from, Changes changes) {
        known(changes.reign().owner()).changed(from, changes);
    }

    void answered(NodeId from, Answer answer) {
        Known asker = known.get(answer.reign().owner());
        if (asker != null) {
            asker.answered(from, answer);
        }
    }

    /** Somebody speaks for an owner whose reign is over. */
    void refer(NodeId from, Reign later) {
        acknowledgements.refer(from, later);
    }

    /** The latest epoch in which somebody was heard to speak for the owner; null if nobody was. */
    @Nullable Epoch epochOf(Owner owner) {
        Known heard = known.get(owner);
        return heard == null ? null : heard.epoch();
    }

    void inherit(Reign reign, long version, WantTable strings) {
        known(reign.owner()).inherit(reign, version, strings);
    }

    /** Nothing happens if a peer within reach speaks for the owner: it is not gone. */
    void forget(Owner owner) {
        Known gone = known.get(owner);
        if (gone != null && peers.stream().noneMatch(gone::isSpokenForBy)) {
            leave(owner);
        }
    }

    void leave(Owner owner) {
        @Nullable Known leaving = known.get(owner);
        if (leaving != null) {
            leaving.leave(() -> known.remove(owner, leaving));
        }
    }

    void turnEnd() {
        acknowledgements.send();
    }

    void tick() {
        new ArrayList<>(known.values()).forEach(Known::tick);
    }

    private Known known(Owner owner) {
        return known.computeIfAbsent(owner, each -> new Known(here, each, acknowledgements));
    }
}
