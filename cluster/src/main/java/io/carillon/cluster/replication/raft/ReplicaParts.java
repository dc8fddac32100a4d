package io.carillon.cluster.replication.raft;

import io.carillon.cluster.replication.ShardMachine;
import io.carillon.loop.Loop;
import io.carillon.storage.overlay.Overlay;
import io.microraft.RaftEndpoint;
import io.microraft.RaftNode;
import io.microraft.model.log.RaftGroupMembersView;
import io.microraft.model.log.SnapshotEntry;
import io.microraft.persistence.RestoredRaftState;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What a replica is made of, put together. On the shard's loop. */
record ReplicaParts<R>(
        GroupNode node,
        Appender<R> appender,
        Applier applier,
        WriteGate gate,
        GroupRows rows,
        HeapBound heap,
        Outbox outbox,
        Frames frames,
        Intake intake,
        SnapshotInstall install,
        SnapshotSend send,
        Handover handover,
        Sealing sealing,
        Leadership<R> leadership,
        Upkeep upkeep) {

    private static final long MILLIS_PER_SECOND = 1_000;

    /** Messages that wait for the disk; beyond it the oldest is dropped. */
    private static final int HELD_MAX = 4_096;

    /** Makes the parts of a replica that wants to be told. */
    interface Maker<R> {

        /**
         * @param touched something may change in this turn
         * @param broken an entry can't be applied
         */
        ReplicaParts<R> make(Runnable touched, Consumer<RuntimeException> broken);
    }

    /** What the replicas of a node share. */
    record Shared(
            RaftHost host,
            RaftSettings settings,
            DiskSync disk,
            Beats beats,
            Departures departures,
            Backlog backlog,
            Bandwidth bandwidth,
            long start,
            boolean holdsBack) {}

    /**
     * @param stored what the store has of the group, or null
     */
    static <R> ReplicaParts<R> make(
            Shared shared,
            GroupId group,
            Generation generation,
            int ownSeat,
            @Nullable StoredGroup stored,
            Loop loop,
            ShardMachine<R> machine,
            Overlay overlay,
            LeaderListener listener,
            Runnable touched,
            Consumer<RuntimeException> broken) {
        RaftHost host = shared.host();
        RaftSettings settings = shared.settings();
        InstantSource clock = host.clock();
        long seed = (host.seed() * 31 + group.hashCode()) * 31 + shared.start();
        double speed = (double) MILLIS_PER_SECOND / settings.timing().heartbeatMillis();

        WriteGate gate = new WriteGate(loop, host.store(), shared.disk(), clock, HELD_MAX, touched);
        GroupRows rows = new GroupRows(host.store(), new GroupKeys(group), gate::batch, generation);
        HeapBound heap = new HeapBound(settings.bounds().heapBytesPerShard());
        long applied = stored == null ? 0 : stored.applied();
        Applier applier =
                new Applier(
                        rows,
                        gate,
                        heap,
                        generation.voters().get(ownSeat),
                        applied,
                        stored == null ? null : stored.next(),
                        broken);

        RaftGroupMembersView members = members(generation);
        Messages messages = new Messages(group, members);
        Frames frames =
                new Frames(
                        generation,
                        new MessageWriter(settings.bounds().entryBytesMax(), rows),
                        new MessageReader(messages));
        Outbox outbox = new Outbox(group, generation, ownSeat, loop, shared.departures(), frames);

        LoopExecutor executor = new LoopExecutor(loop, shared.beats(), speed, touched);
        GroupNode[] made = new GroupNode[1];
        GatedTransport transport =
                new GatedTransport(
                        outbox,
                        gate,
                        () -> Objects.requireNonNull(made[0]).lastIndex(),
                        executor::isHeartbeat,
                        generation.number() == 1,
                        shared.holdsBack());
        RaftNode.RaftNodeBuilder builder =
                RaftNode.newBuilder()
                        .setGroupId(group)
                        .setConfig(GroupNode.config(settings))
                        .setTransport(transport)
                        .setStateMachine(applier)
                        .setStore(rows)
                        .setClock(new FastClock(clock, speed))
                        .setRandom(new Random(seed));
        if (stored == null) {
            builder.setLocalEndpoint(new Seat(ownSeat))
                    .setInitialGroupMembers(members.getMembers(), members.getVotingMembers());
        } else {
            rows.countStored(stored.entries());
            builder.setRestoredState(restored(stored, ownSeat, messages));
        }
        GroupNode node = new GroupNode(builder, executor);
        made[0] = node;

        Appender<R> appender =
                new Appender<>(
                        group,
                        machine,
                        shared.backlog(),
                        overlay,
                        settings.bounds().entryBytesMax());
        SnapshotInstall install =
                new SnapshotInstall(
                        group,
                        node,
                        applier,
                        gate,
                        outbox,
                        machine.ranges(),
                        messages,
                        clock,
                        settings.timing().electionTimeoutMillis());
        SnapshotSend send =
                new SnapshotSend(
                        loop,
                        host.store(),
                        machine.ranges(),
                        shared.bandwidth(),
                        clock,
                        outbox,
                        touched,
                        settings.retention().partBytes(),
                        new Random(seed).nextLong());
        Intake intake =
                new Intake(node, applier, gate, outbox, messages, new Seat(ownSeat), install);
        Handover handover =
                new Handover(
                        group,
                        generation,
                        node,
                        appender,
                        clock,
                        3 * settings.timing().electionTimeoutMillis());
        Sealing sealing =
                new Sealing(
                        group,
                        generation,
                        node,
                        appender,
                        applier,
                        clock,
                        3 * settings.timing().electionTimeoutMillis());
        return new ReplicaParts<>(
                node,
                appender,
                applier,
                gate,
                rows,
                heap,
                outbox,
                frames,
                intake,
                install,
                send,
                handover,
                sealing,
                new Leadership<>(
                        group,
                        machine,
                        node,
                        appender,
                        applier,
                        send,
                        new LeaderNews(group, generation, node, listener)),
                new Upkeep(group, generation, settings, node, applier, gate, rows, clock));
    }

    static RaftGroupMembersView members(Generation generation) {
        List<RaftEndpoint> seats = new ArrayList<>();
        for (int seat = 0; seat < generation.voters().size(); seat++) {
            seats.add(new Seat(seat));
        }
        return Messages.MODEL
                .createRaftGroupMembersViewBuilder()
                .setLogIndex(0)
                .setMembers(seats)
                .setVotingMembers(seats)
                .build();
    }

    private static RestoredRaftState restored(StoredGroup stored, int ownSeat, Messages messages) {
        SnapshotEntry cut =
                stored.cutIndex() == 0
                        ? null
                        : Messages.MODEL
                                .createSnapshotEntryBuilder()
                                .setIndex(stored.cutIndex())
                                .setTerm(stored.cutTerm())
                                .setSnapshotChunks(
                                        List.of(
                                                messages.chunk(
                                                        new Messages.Place(
                                                                stored.cutIndex(),
                                                                stored.cutTerm()))))
                                .setGroupMembersView(messages.members())
                                .build();
        return new RestoredRaftState(
                Messages.MODEL
                        .createRaftEndpointPersistentStateBuilder()
                        .setLocalEndpoint(new Seat(ownSeat))
                        .setVoting(true)
                        .build(),
                messages.members(),
                Messages.MODEL
                        .createRaftTermPersistentStateBuilder()
                        .setTerm(stored.term())
                        .setVotedFor(stored.vote() < 0 ? null : new Seat(stored.vote()))
                        .build(),
                cut,
                stored.entries());
    }
}
