package io.carillon.simulation;

import io.carillon.cluster.Incarnation;
import io.carillon.cluster.NodeId;
import io.carillon.cluster.link.LinkIdentity;
import io.carillon.cluster.link.LinkSettings;
import io.carillon.cluster.link.PeerLinks;
import io.carillon.cluster.membership.HostPort;
import io.carillon.cluster.membership.MemberCard;
import io.carillon.cluster.membership.Members;
import io.carillon.cluster.membership.Release;
import io.carillon.cluster.ownership.DrainSettings;
import io.carillon.cluster.ownership.founding.FoundingRules;
import io.carillon.cluster.replication.raft.RaftHost;
import io.carillon.cluster.replication.raft.RaftLog;
import io.carillon.loop.ManualLoop;
import io.carillon.node.cluster.ClusterCore;
import io.carillon.node.cluster.CoreHost;
import io.carillon.node.cluster.CoreSettings;
import io.carillon.node.cluster.LooseEnds;
import io.carillon.node.cluster.Meeting;
import io.carillon.record.ShardRecord;
import io.carillon.storage.memory.MemoryStore;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** One start of a node: all that a crash takes away. */
final class Running {
    final ManualLoop loop;
    final ManualLoop committer;
    final PeerLinks links;
    final RaftLog<ShardRecord> log;
    final ClusterCore core;
    final Members members;
    final MemberCard card;
    final Serving serving;
    private final World world;
    private final List<ManualLoop> shardLoops = new ArrayList<>();

    /** Makes all of it, on the disk as it is. */
    Running(SimNode node, Simulation simulation, World world, MemoryStore disk) {
        this.world = world;
        NodeId id = node.id();
        loop = new ManualLoop("link-" + node.number, world.clock);
        committer = new ManualLoop("log-" + node.number, world.clock);
        for (int i = 0; i < NodeSettings.SHARD_LOOPS; i++) {
            shardLoops.add(new ManualLoop("shard-" + node.number + "-" + i, world.clock));
        }
        LooseEnds ends = new LooseEnds(id);
        log =
                RaftLog.on(
                        new RaftHost(
                                id,
                                disk,
                                ends.transport(),
                                world.clock,
                                committer,
                                world.random.nextLong()),
                        NodeSettings.raft(),
                        Log.isOn()
                                ? new LoggedLeaders(world, node, ends.leaders())
                                : ends.leaders());
        Incarnation incarnation = new Incarnation(log.disk(), log.start(), world.random.nextLong());
        links =
                new PeerLinks(
                        loop,
                        simulation.net().dialer(node),
                        new LinkIdentity(id, "sim", NodeSettings.SHARDS, incarnation),
                        LinkSettings.DEFAULTS,
                        ends.handler(),
                        ends.listener(),
                        new Random(world.random.nextLong()));
        core =
                new ClusterCore(
                        settings(id, incarnation),
                        new CoreHost(
                                disk, loop, world.clock, world.clock::millis, links, log, ends),
                        1);
        card =
                new MemberCard(
                        id,
                        incarnation,
                        new HostPort("10.0.0." + node.number, 1),
                        new Release(0, 1, 0),
                        NodeSettings.SHARDS,
                        Simulation.NODES,
                        "");
        members = new Members(loop, world.clock, card);
        serving = new Serving(world, core, log, loop, shardLoops);
        Meeting meeting =
                new Meeting(
                        members,
                        (address, found) ->
                                found.accept(new InetSocketAddress(address.host(), address.port())),
                        simulation.maps().pages(node),
                        (key, value) -> simulation.maps().put(node, key, value),
                        node::readiness,
                        serving::sendAway);
        loop.execute(() -> core.meet(meeting));
    }

    private static CoreSettings settings(NodeId id, Incarnation incarnation) {
        return new CoreSettings(
                id,
                incarnation.disk(),
                "",
                Long.MIN_VALUE | incarnation.random() * 31 + incarnation.boot(),
                new FoundingRules("sim", Simulation.NODES, NodeSettings.SHARDS, 3, Set.of()),
                DrainSettings.DEFAULT,
                NodeSettings.CONNECT_MILLIS,
                NodeSettings.GRACE_MILLIS);
    }

    /** Tasks that threw. */
    long failures() {
        return loop.failures()
                + committer.failures()
                + shardLoops.stream().mapToLong(ManualLoop::failures).sum();
    }

    /** Gives the loops some turns, in any order; the disk is another matter. */
    void runTurns() {
        for (int i = 0; i < 6; i++) {
            switch (world.upTo(4)) {
                case 0 -> loop.runTurn();
                case 1 -> shardLoops.get(world.upTo(shardLoops.size())).runTurn();
                case 2 -> serving.runTurn();
                default -> loop.runTurn();
            }
        }
        shardLoops.forEach(ManualLoop::runTurn);
        serving.runTurn();
    }
}
