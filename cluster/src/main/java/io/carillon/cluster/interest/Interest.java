package io.carillon.cluster.interest;

import io.carillon.cluster.Epoch;
import io.carillon.cluster.NodeId;
import io.carillon.cluster.interest.Message.Answer;
import io.carillon.cluster.interest.Message.Applied;
import io.carillon.cluster.interest.Message.Ask;
import io.carillon.cluster.interest.Message.Changes;
import io.carillon.cluster.interest.Message.State;
import io.carillon.cluster.interest.Message.States;
import io.carillon.loop.Loop;
import java.nio.ByteBuffer;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.ToLongFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One node's part in sharing what is wanted: it speaks for some owners and listens to what other
 * nodes say of theirs.
 *
 * <p>Changes go to each peer on its ordered stream and are confirmed when they are applied; that is
 * what {@link #reachedPeers} waits for. A digest of everything goes to a peer when it comes up and
 * now and then; who finds a difference asks for ranges until it has found it. The shared map gets
 * all in pages, and gives most of it to nodes that join.
 *
 * <p>All calls on the loop.
 */
public final class Interest implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Interest.class);

    private final Surroundings here;
    private final Counters counters = new Counters();
    private final Barriers barriers;
    private final Listening listening;
    private final Speaking speaking;
    private final PageWriter pageWriter;
    private final Set<NodeId> peers = new LinkedHashSet<>();

    /** Those whose word counts no more for the next barrier; see {@link #doubt}. */
    private final Set<NodeId> doubted = new LinkedHashSet<>();

    private final long ticksPerReconciliation;
    private long ticks;
    private boolean turnEndAsked;
    private boolean closed;

    /**
     * An instance that knows nobody yet; begins to look after itself at once.
     *
     * @param listener hears what other nodes' owners want
     * @param prior what this node has begun by what it knew before: it confirms nothing, and no
     *     barrier of its own is over, until that is done
     * @param owedMillis how long a peer may still act on what it knows: so long is it waited for
     *     though it is down
     */
    public Interest(
            NodeId self,
            Loop loop,
            PeerStreams streams,
            SharedPages pages,
            WantsListener listener,
            PriorWork prior,
            InterestSettings settings,
            ToLongFunction<NodeId> owedMillis) {
        loop.assertInside();
        StringHash hash = StringHash.keyedBy(settings.hashSecret());
        here =
                new Surroundings(
                        self,
                        loop,
                        streams,
                        pages,
                        listener,
                        settings,
                        hash,
                        counters,
                        prior,
                        this::touched,
                        owedMillis);
        listening = new Listening(here);
        speaking = new Speaking(here, listening, this::resigned);
        barriers =
                new Barriers(
                        loop,
                        settings.barrierMillisMax(),
                        counters,
                        this::touched,
                        speaking::overtaken);
        pageWriter = new PageWriter(here, speaking);
        ticksPerReconciliation = settings.reconcileMillis() / settings.tickMillis();
        loop.schedule(settings.tickMillis(), this::tick);
    }

    /**
     * Starts to speak for an owner. Its epoch has to be another than all before, and should be
     * later: for a shard that of its leadership, for a node one with its starting time, which a
     * lost disk does not set back.
     *
     * @throws IllegalStateException if this node speaks for it already
     */
    public Announcer speakFor(Owner owner, Epoch epoch) {
        here.loop().assertInside();
        return speaking.speakFor(owner, epoch);
    }

    /**
     * The stream to the peer begins, or begins anew after something may have been lost on it. The
     * way back is the peer's own affair: it is asked to tell everything.
     */
    public void peerUp(NodeId peer) {
        here.loop().assertInside();
        if (!peers.add(peer)) {
            listening.peerDown(peer);
        }
        listening.peerUp(peer);
        speaking.peerUp(peer);
        touched();
    }

    /**
     * The stream to the peer is gone: nobody waits for it, once it may not act any more. What its
     * owners want stays known.
     */
    public void peerDown(NodeId peer) {
        here.loop().assertInside();
        if (peers.remove(peer)) {
            doubted.remove(peer);
            listening.peerDown(peer);
            speaking.peerDown(peer);
        }
    }

    /**
     * A message has come from the peer, whether the way to it is up or not. It is read from its
     * position to its limit; one that can't be understood is logged and counted.
     */
    public void received(NodeId from, ByteBuffer message) {
        here.loop().assertInside();
        if (closed) {
            return;
        }
        try {
            receive(from, MessageCodec.decode(message));
        } catch (MalformedMessage e) {
            counters.refusedMessages++;
            LOG.warn("a message of {} about wanted strings is refused: {}", from, e.getMessage());
        }
    }

    /**
     * The owner is gone for good and wants nothing any more. To be called on every node, once
     * whatever replaces the owner is announced. Does nothing if a peer within reach speaks for the
     * owner: it has come back.
     */
    public void forget(Owner owner) {
        here.loop().assertInside();
        listening.forget(owner);
    }

    /**
     * Completes when every peer that is up has applied all that was announced before the call, or
     * {@link InterestSettings#barrierMillisMax} are over, which is counted. Peers that go down are
     * not waited for; one that comes up later has to catch up before it serves anybody: see {@link
     * #isCaughtUp}. Completes on the loop, and never fails.
     */
    public CompletionStage<Void> reachedPeers() {
        here.loop().assertInside();
        return barriers.join();
    }

    /**
     * The peer has begun something since it confirmed what is wanted here: the next barrier waits
     * for it to confirm that anew, and so for its {@link PriorWork}.
     */
    public void doubt(NodeId peer) {
        here.loop().assertInside();
        if (peers.contains(peer)) {
            doubted.add(peer);
        }
    }

    /**
     * True if the peer is up and has applied, since, all that was announced before: what came later
     * is waited for. It may act on what it knows, then.
     */
    public boolean isLevel(NodeId peer) {
        here.loop().assertInside();
        return speaking.isLevel(peer);
    }

    /** True if the peer is up and has said whom it speaks for. */
    public boolean isMet(NodeId peer) {
        here.loop().assertInside();
        return peers.contains(peer) && listening.hasGreeted(peer);
    }

    /** A peer that is down may not act any more, earlier than it was owed. */
    public void settled() {
        here.loop().assertInside();
        speaking.settled();
    }

    /**
     * What is known may be old: all peers are asked again, and nothing is complete before they have
     * answered. What was known stays until then.
     */
    public void askAnew() {
        here.loop().assertInside();
        listening.doubt();
        speaking.askAll();
        touched();
    }

    /** True if this node has applied all that peers within reach speak for. */
    public boolean isCaughtUp() {
        here.loop().assertInside();
        return listening.isCaughtUp();
    }

    /** True if this node speaks for the owner, or has applied all that its speaker has told. */
    public boolean knows(Owner owner) {
        here.loop().assertInside();
        Announcer own = speaking.of(owner);
        return own != null && own.hasBegun() || listening.isComplete(owner);
    }

    /** Writes all of the shared map's pages anew, by and by: it may have lost some. */
    public void rewriteSharedPages() {
        here.loop().assertInside();
        speaking.all().forEach(Announcer::rewritePages);
    }

    public InterestStats stats() {
        here.loop().assertInside();
        return new InterestStats(
                speaking.all().stream().mapToLong(each -> each.table().size()).sum(),
                listening.all().stream().mapToLong(each -> each.held().table().size()).sum(),
                speaking.all().stream().mapToLong(each -> each.table().bytes()).sum()
                        + listening.all().stream()
                                .mapToLong(each -> each.held().table().bytes())
                                .sum(),
                (int) listening.all().stream().filter(each -> !each.isComplete()).count(),
                barriers.waiting(),
                counters.changesAnnounced,
                counters.changesApplied,
                counters.repairs,
                counters.rangesAsked,
                counters.stringsFetched,
                counters.bulkReads,
                counters.barriers,
                counters.barrierTimeouts,
                counters.leftBehind,
                counters.refusedMessages,
                counters.sharedMapFailures);
    }

    /** Stops; whoever waits for peers is let go. Peers keep what they know. */
    @Override
    public void close() {
        here.loop().assertInside();
        closed = true;
        Set.copyOf(peers).forEach(this::peerDown);
        barriers.close();
    }

    private void receive(NodeId from, Message message) {
        switch (message) {
            case States states -> {
                listening.greeted(from);
                if (states.answerWanted()) {
                    speaking.greet(from);
                    touched();
                }
                for (State each : states.states()) {
                    if (isToBeHeard(from, each.reign())) {
                        listening.told(from, each);
                    }
                }
            }
            case Changes changes -> {
                if (isToBeHeard(from, changes.reign())) {
                    listening.changed(from, changes);
                }
            }
            case Applied applied -> speaking.applied(from, applied);
            case Ask ask -> speaking.asked(from, ask);
            case Answer answer -> listening.answered(from, answer);
        }
    }

    /** Whether the peer may speak for the owner, as far as this node's own part goes. */
    private boolean isToBeHeard(NodeId from, Reign reign) {
        if (reign.owner() instanceof Owner.OfNode of && !of.node().equals(from)) {
            throw new MalformedMessage(from + " can't speak for " + reign.owner());
        }
        Announcer own = speaking.of(reign.owner());
        if (own == null || !own.hasBegun()) {
            return true;
        }
        int order = reign.epoch().compareTo(own.reign().epoch());
        if (order == 0) {
            throw new MalformedMessage("this node speaks for " + reign + " itself");
        }
        if (order < 0) {
            listening.refer(from, own.reign());
            return false;
        }
        own.supersede(reign.epoch());
        return true;
    }

    private void resigned(Owner owner) {
        pageWriter.leave(owner);
    }

    private void touched() {
        if (!turnEndAsked && !closed) {
            turnEndAsked = true;
            here.loop().atTurnEnd(this::turnEnd);
        }
    }

    private void turnEnd() {
        turnEndAsked = false;
        if (closed) {
            return;
        }
        if (barriers.isGathering()) {
            doubted.forEach(speaking::doubt);
            doubted.clear();
        }
        speaking.turnEnd();
        listening.turnEnd();
        barriers.seal(this::enlist);
    }

    private void enlist(Barriers.Barrier barrier) {
        barrier.await();
        here.prior().whenDone(barrier::arrived);
        speaking.enlist(barrier);
    }

    private void tick() {
        if (closed) {
            return;
        }
        ticks++;
        speaking.tick(ticks % ticksPerReconciliation == 0);
        listening.tick();
        pageWriter.tick();
        here.loop().schedule(here.settings().tickMillis(), this::tick);
    }
}
