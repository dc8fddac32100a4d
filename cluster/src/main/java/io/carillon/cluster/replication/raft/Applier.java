package io.carillon.cluster.replication.raft;

import io.carillon.cluster.Voter;
import io.carillon.storage.overlay.ChangeBytes;
import io.microraft.statemachine.StateMachine;
import java.util.ArrayDeque;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Turns committed entries into state: on every replica, in order, each once. State and index go to
 * the same batch, so after a crash they agree, and what is applied is skipped. On the shard's loop.
 */
final class Applier implements StateMachine {
    /** The one part of a snapshot, as MicroRaft sees it: the state is in the store. */
    static final Object IN_THE_STORE = "in the store";

    private final GroupRows rows;
    private final WriteGate gate;
    private final HeapBound heap;
    private final Voter self;
    private final Consumer<RuntimeException> broken;
    private final ArrayDeque<Operation.Records> ownApplied = new ArrayDeque<>();
    private long applied;
    private long appliedWritten;
    private long newTermIndex;
    private @Nullable Generation next;
    private boolean stopped;

    /**
     * @param applied what the store has, or {@link StoredGroup#INSTALLING}
     * @param next for whom the group is sealed already, or null
     * @param broken told when an entry can't be applied: no later one may be
     */
    Applier(
            GroupRows rows,
            WriteGate gate,
            HeapBound heap,
            Voter self,
            long applied,
            @Nullable Generation next,
            Consumer<RuntimeException> broken) {
        this.rows = rows;
        this.gate = gate;
        this.heap = heap;
        this.self = self;
        this.next = next;
        this.applied = applied;
        this.appliedWritten = applied;
        this.broken = broken;
    }

    /** The last entry that the state has. */
    long applied() {
        return applied;
    }

    /** True while the state is being replaced and is none. */
    boolean isInstalling() {
        return applied == StoredGroup.INSTALLING && next == null;
    }

    /** The generation for which the group is sealed: nothing more is applied then. Or null. */
    @Nullable Generation next() {
        return next;
    }

    /**
     * Others have sealed the group, and this replica has no state to go on from in the next
     * generation: it begins there without. Here it helps to find out that the group is sealed, as
     * one that has only a log.
     */
    void sealWithoutState(Generation heard) {
        next = heard;
        rows.putSealWithoutState(heard);
    }

    /** The last entry that began a term. */
    long newTermIndex() {
        return newTermIndex;
    }

    /** The state goes; the batch has to delete it. */
    void beginInstall() {
        applied = StoredGroup.INSTALLING;
        appliedWritten = applied;
        rows.putInstalling();
    }

    /** The batch completes another state. */
    void installed(long index) {
        applied = index;
    }

    /** Adds to the batch how far the state is, if that changed. */
    void putApplied() {
        if (applied != appliedWritten && !isInstalling()) {
            rows.putApplied(gate.derived(), applied);
            appliedWritten = applied;
        }
    }

    /** An entry that this node appended and that was applied since the last call, or null. */
    Operation.@Nullable Records pollOwnApplied() {
        return ownApplied.poll();
    }

    @Override
    public @Nullable Object runOperation(long index, Object operation) {
        if (stopped || index <= applied) {
            return null;
        }
        if (next != null) {
            applied = index; // what comes behind the seal changes nothing, on all replicas alike
            return null;
        }
        try {
            if (isInstalling() || index != applied + 1) {
                throw new IllegalStateException("entry " + index + " follows on " + applied);
            }
            apply(index, (Operation) operation);
            applied = index;
        } catch (RuntimeException e) {
            // MicroRaft would go on with the next one.
            stopped = true;
            broken.accept(e);
        }
        return null;
    }

    private void apply(long index, Operation operation) {
        switch (operation) {
            case Operation.NewTerm newTerm -> newTermIndex = index;
            case Operation.Seal seal -> {
                next = seal.next();
                rows.putSeal(seal.next(), seal.next().names(self));
            }
            case Operation.Records records -> {
                Pending pending = records.pending();
                if (pending != null) {
                    pending.writeTo(gate.derived());
                    ownApplied.add(records);
                } else {
                    byte[] payload = records.payload();
                    ChangeBytes.writeTo(
                            payload != null ? payload : rows.payload(index), gate.derived());
                }
                heap.applied(records);
            }
        }
    }

    @Override
    public void takeSnapshot(long index, Consumer<Object> chunks) {
        chunks.accept(IN_THE_STORE);
    }

    /** At the start, or when an installation is complete: the store has it either way. */
    @Override
    public void installSnapshot(long index, List<Object> chunks) {
        if (!stopped && next == null && !isInstalling() && applied < index) {
            stopped = true;
            broken.accept(
                    new IllegalStateException(
                            "the state is at " + applied + ", before the log's cut at " + index));
        }
    }

    @Override
    public Object getNewTermOperation() {
        return Operation.NewTerm.INSTANCE;
    }
}
