package io.carillon.cluster.replication.raft;

import io.carillon.cluster.NodeId;
import io.carillon.cluster.ShardId;
import io.carillon.cluster.Voter;
import io.carillon.cluster.replication.ShardMachine;
import io.carillon.loop.Loop;
import io.carillon.storage.Store;
import io.carillon.storage.StoreView;
import io.carillon.storage.overlay.Overlay;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The generations of a shard on this node: the one whose replica has the state, and the one before
 * it until nobody needs that any more. On the shard's loop.
 *
 * <p>Whoever applies the seal of a generation begins the next one, if it is a voter there, from the
 * state as it is, and stays a member of the old group: others have yet to hear from it that it is
 * sealed. Once something is committed in the new generation, that is in force: it goes on by itself
 * whoever fails now. Then the old group ends, and who still asks for it is told: it begins anew
 * without a state, to be filled, or drops what it has, if it is no voter any more.
 */
final class Succession<R> {
    private static final Logger LOG = LoggerFactory.getLogger(Succession.class);

    private final ShardId shard;
    private final Voter self;
    private final Loop loop;
    private final ShardMachine<R> machine;
    private final LeaderListener listener;
    private final ReplicaParts.Shared shared;
    private final Overlay overlay;
    private final Consumer<Generation> givenUp;
    private volatile ShardReplica<R> current;
    private @Nullable ShardReplica<R> former;
    private final GenerationTalk talk;
    private final Awaited awaited = new Awaited();
    private boolean ended;

    /**
     * @param first the generation that the shard is opened in
     * @param stored what the store has of that generation, or null: then it begins without a state
     * @param givenUp told when this node has no replica of the shard any more
     */
    Succession(
            ShardId shard,
            Voter self,
            Loop loop,
            ShardMachine<R> machine,
            LeaderListener listener,
            ReplicaParts.Shared shared,
            Generation first,
            @Nullable StoredGroup stored,
            Consumer<Generation> givenUp) {
        this.shard = shard;
        this.self = self;
        this.loop = loop;
        this.machine = machine;
        this.listener = listener;
        this.shared = shared;
        this.overlay = new Overlay(shared.host().store());
        this.givenUp = givenUp;
        this.talk = new GenerationTalk(shard, loop, shared);
        StoredGroup before =
                stored == null
                        ? null
                        : StoredGroup.readBefore(shared.host().store(), shard, first.number());
        if (before != null && before.next() != null) {
            this.former = replica(before.generation(), before);
        }
        this.current = replica(first, stored);
    }

    private ShardReplica<R> replica(Generation generation, @Nullable StoredGroup stored) {
        GroupId group = new GroupId(shard, generation.number());
        Milestones milestones =
                new Milestones() {
                    @Override
                    public void sealed(Generation next) {
                        goOn(generation, next);
                    }

                    @Override
                    public void inForce() {
                        endFormer(generation);
                    }

                    @Override
                    public void cannotFill(NodeId asking) {
                        tell(asking);
                    }
                };
        return new ShardReplica<>(
                group,
                generation,
                loop,
                shared.beats(),
                milestones,
                (touched, broken) ->
                        ReplicaParts.make(
                                shared,
                                group,
                                generation,
                                generation.seatOf(self),
                                stored,
                                loop,
                                machine,
                                overlay,
                                listener,
                                touched,
                                broken));
    }

    Loop loop() {
        return loop;
    }

    /** The replica that has the state. Any thread for what is any thread there. */
    ShardReplica<R> current() {
        return current;
    }

    /** What the shard reads: the store, and above it what this leader appended. */
    StoreView view() {
        return overlay;
    }

    void start() {
        if (former != null) {
            former.start();
        } else {
            current.forgetEarlier();
        }
        current.start();
    }

    /** Seals the current generation; the result completes when the next one is in force. */
    void reseat(Generation next, CompletableFuture<Void> done) {
        current.seal(next, done);
        if (!done.isDone()) {
            awaited.begin(next.number(), done);
        }
    }

    /** A frame has come that another node's replica or succession sent. */
    void received(NodeId from, long generation, byte[] frame) {
        if (ended) {
            return;
        }
        Word word;
        try {
            word = Word.read(frame);
        } catch (IllegalArgumentException e) {
            LOG.warn("{} ignores a frame of {}: {}", shard, from, e.getMessage());
            return;
        }
        switch (word) {
            case null -> pass(from, generation, frame);
            case Word.Ask ask -> tell(from);
            case Word.Notice notice -> learn(from, notice);
        }
    }

    private void pass(NodeId from, long generation, byte[] frame) {
        ShardReplica<R> before = former;
        if (generation == current.generation().number()) {
            current.received(frame);
        } else if (before != null && generation == before.generation().number()) {
            before.received(frame);
        } else if (generation > current.generation().number()) {
            talk.ask(from, generation);
        } else {
            tell(from);
        }
    }

    private void tell(NodeId to) {
        talk.tell(to, current.generation(), current.isInForce());
    }

    /**
     * As long as the next generation is not in force, this one's state may be the only one. If
     * there is another one behind the next, that was in force: it could not have been sealed else.
     */
    private void learn(NodeId from, Word.Notice notice) {
        Generation heard = notice.generation();
        long ahead = heard.number() - current.generation().number();
        if (ahead < 1) {
            return;
        }
        if (ahead == 1 && !notice.inForce()) {
            if (heard.names(self) && current.isBeingFilled()) {
                goOnEmpty(heard);
            }
            return;
        }
        LOG.info("{} has other voters, as {} says: {}", shard, from, heard);
        boolean leftBehind = heard.recovered() > current.generation().number();
        stopReplicas(shard + " has other voters now");
        if (leftBehind && !heard.names(self)) {
            talk.leftOut(heard, current.status());
            return;
        }
        if (heard.names(self)) {
            current = replica(heard, null);
            current.forgetEarlier();
            current.start();
        } else {
            giveUp(heard);
        }
        awaited.inForce(heard.number());
    }

    /**
     * Goes on from what this node has, without asking anybody: the others are gone for good. The
     * result completes when records are taken again.
     */
    void recoverAlone(CompletableFuture<Void> done) {
        if (ended || current.hearsLeader()) {
            done.completeExceptionally(
                    new IllegalStateException(
                            shard + " has a leader, or this node is stopping: nothing to recover"));
            return;
        }
        try {
            current.finish();
            Store store = shared.host().store();
            String refusal = Recovery.refusal(StoredGroup.read(store, shard), shard, self);
            if (refusal != null) {
                done.completeExceptionally(new IllegalStateException(refusal));
                return;
            }
            stopReplicas(shard + " is being recovered");
            Generation begun = Recovery.run(store, shard, self);
            awaited.begin(begun.number(), done);
            current = replica(begun, StoredGroup.begun(begun));
            current.start();
        } catch (RuntimeException e) {
            LOG.error("{} could not be recovered", shard, e);
            done.completeExceptionally(e);
        }
    }

    private void stopReplicas(String reason) {
        if (former != null) {
            former.abandon();
            former = null;
        }
        current.stop(reason);
    }

    /** The generation is sealed on this node's disk. */
    private void goOn(Generation sealed, Generation next) {
        if (sealed.equals(current.generation()) && next.names(self)) {
            former = current;
            current = replica(next, StoredGroup.begun(next));
            current.start();
        }
    }

    /**
     * This replica misses what it can't get any more, for whoever has it has gone on: it does, too,
     * and is filled there. The old group keeps its vote until the next generation is in force.
     */
    private void goOnEmpty(Generation next) {
        LOG.info("{} goes on in generation {} without a state", shard, next.number());
        if (former != null) {
            former.abandon();
        }
        former = current;
        former.sealWithoutState(next);
        current = replica(next, null);
        current.start();
    }

    private void endFormer(Generation inForce) {
        if (!inForce.equals(current.generation())) {
            return;
        }
        if (former != null) {
            former.abandon();
            former = null;
            current.forgetEarlier();
        }
        awaited.inForce(inForce.number());
    }

    private void giveUp(Generation heard) {
        ended = true;
        try {
            GroupRows.giveUp(shared.host().store(), shard, heard, machine.ranges());
            shared.disk().syncSoon();
        } catch (RuntimeException e) {
            shared.disk().fail(e);
            return;
        }
        givenUp.accept(heard);
    }

    /** Ends all, once. */
    void stop(String reason) {
        ended = true;
        stopReplicas(reason);
        awaited.fail(reason);
    }

    /** Writes what the turn changed, and ends all. */
    void close() {
        current.finish();
        stop("the node is stopping");
    }
}
