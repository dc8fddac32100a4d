package io.carillon.node.cluster;

import static io.carillon.metrics.Metric.Kind.COUNTER;
import static io.carillon.metrics.Metric.Kind.GAUGE;

import io.carillon.cluster.interest.InterestStats;
import io.carillon.cluster.link.LinkStats;
import io.carillon.cluster.link.PeerLinks;
import io.carillon.cluster.membership.Members;
import io.carillon.cluster.replication.raft.RaftLog;
import io.carillon.cluster.replication.raft.ReplicaStats;
import io.carillon.loop.AnyThread;
import io.carillon.metrics.BrokerMetrics;
import io.carillon.metrics.MeterTable;
import io.carillon.metrics.Metric;
import io.carillon.peers.publish.Dispatch;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The numbers of a node as one of several: where each is read. A number is 0 until the part that
 * counts it is there. Numbers are read where any thread may; what only the cluster loop knows is
 * kept for reading once a second.
 */
@AnyThread
public final class ClusterFigures {
    private final PeerLinks links;
    private final RaftLog<?> log;
    private final Replicas replicas;
    private volatile @Nullable Dispatch dispatch;
    private volatile @Nullable Members members;
    private volatile @Nullable RouteTalk routes;
    private volatile @Nullable Lookout lookout;

    ClusterFigures(CoreHost host) {
        this.links = host.links();
        this.log = host.log();
        this.replicas = host.ends().replicas();
    }

    void serve(Dispatch ways) {
        dispatch = ways;
    }

    void met(Members others, RouteTalk talk) {
        members = others;
        routes = talk;
    }

    void looked(Lookout look) {
        lookout = look;
    }

    /** Adds the numbers of which there is one. */
    public void count(BrokerMetrics.Builder metrics) {
        metrics.read(Metric.CLUSTER_NODES, ofMembers(each -> each.present().size()))
                .read(Metric.CLUSTER_NODES_EXPECTED, ofMembers(Members::size))
                .read(Metric.CLUSTER_MAJORITY, ofMembers(each -> each.hasMajority() ? 1 : 0))
                .read(Metric.CLUSTER_READY, this::ready)
                .read(Metric.CLUSTER_REFUSALS, links::refusals)
                .read(Metric.SHARDS_HELD, () -> log.replicas().size())
                .read(Metric.SHARDS_LED, this::led)
                .read(Metric.ELECTIONS_WON, replicas::electionsWon)
                .read(Metric.FILLS, log::fills)
                .read(Metric.FILL_BYTES, log::fillBytes)
                .read(Metric.FORWARD_UNANSWERED_BYTES, ofDispatch(Dispatch::unansweredBytes))
                .read(Metric.FORWARD_RESENT, ofDispatch(Dispatch::sentAgain))
                .read(Metric.DROPPED_NO_LEADER, ofDispatch(Dispatch::dropped))
                .read(Metric.ROUTES_HERE, ofRoutes(InterestStats::announcedStrings))
                .read(Metric.ROUTES_ELSEWHERE, ofRoutes(InterestStats::knownStrings))
                .read(Metric.ROUTES_BYTES, ofRoutes(InterestStats::tableBytes))
                .read(Metric.ROUTES_INCOMPLETE, ofRoutes(InterestStats::incompleteOwners))
                .read(Metric.ROUTE_CHANGES_TOLD, ofRoutes(InterestStats::changesAnnounced))
                .read(Metric.ROUTE_CHANGES_HEARD, ofRoutes(InterestStats::changesApplied))
                .read(Metric.ROUTE_REPAIRS, ofRoutes(InterestStats::repairs))
                .read(Metric.ROUTE_TIMEOUTS, ofRoutes(InterestStats::barrierTimeouts));
    }

    /** The numbers of which there is one for each peer, or for each shard. */
    public List<MeterTable<?>> tables() {
        return List.of(peers(), shards());
    }

    private MeterTable<LinkStats> peers() {
        return new MeterTable<>("peer", this::linksByPeer)
                .with(
                        GAUGE,
                        "peer.up",
                        "1 while messages reach the peer",
                        each -> each.up() ? 1 : 0)
                .with(
                        COUNTER,
                        "peer.bytes",
                        "direction",
                        "sent",
                        "Bytes between nodes, before TLS and HTTP/2",
                        LinkStats::bytesOut)
                .with(
                        COUNTER,
                        "peer.bytes",
                        "direction",
                        "received",
                        "Bytes between nodes, before TLS and HTTP/2",
                        LinkStats::bytesIn)
                .with(
                        COUNTER,
                        "peer.messages",
                        "direction",
                        "sent",
                        "Messages between nodes",
                        LinkStats::messagesOut)
                .with(
                        COUNTER,
                        "peer.messages",
                        "direction",
                        "received",
                        "Messages between nodes",
                        LinkStats::messagesIn)
                .with(
                        COUNTER,
                        "peer.frames",
                        "Frames with messages sent to the peer",
                        LinkStats::framesOut)
                .with(
                        GAUGE,
                        "peer.queue.bytes",
                        "kind",
                        "kept",
                        "Bytes that wait for the peer: kept until it has them, or not sent yet",
                        LinkStats::keptBytes)
                .with(
                        GAUGE,
                        "peer.queue.bytes",
                        "kind",
                        "lossy",
                        "Bytes that wait for the peer: kept until it has them, or not sent yet",
                        LinkStats::waitingBytes)
                .with(COUNTER, "peer.connects", "Times the link came up", LinkStats::connects)
                .with(
                        COUNTER,
                        "peer.resent",
                        "Messages sent again after the link came up again",
                        LinkStats::resent)
                .with(
                        COUNTER,
                        "peer.dropped",
                        "QoS 0 and other lossy messages that were not sent to the peer",
                        LinkStats::droppedLossy)
                .with(
                        COUNTER,
                        "peer.refused",
                        "Messages refused as too much waits for the peer",
                        LinkStats::refusedKept)
                .with(
                        COUNTER,
                        "peer.calls.failed",
                        "Questions that the peer did not answer",
                        LinkStats::callsFailed);
    }

    private MeterTable<ReplicaStats> shards() {
        return new MeterTable<>("shard", this::replicasByShard)
                .with(
                        GAUGE,
                        "shard.leader",
                        "1 if this node leads the shard, 0 if it follows",
                        each -> each.role() == ReplicaStats.Role.LEADER ? 1 : 0)
                .with(
                        GAUGE,
                        "shard.generation",
                        "Grows with other voters",
                        ReplicaStats::generation)
                .with(GAUGE, "shard.term", "Grows with each election", ReplicaStats::term)
                .with(
                        GAUGE,
                        "shard.log.entries",
                        "Entries that the log of the shard has here",
                        each -> each.lastIndex() + 1 - each.firstIndex())
                .with(
                        GAUGE,
                        "shard.commit.lag.entries",
                        "Entries not known to be on a majority of disks",
                        each -> Math.max(0, each.lastIndex() - each.commitIndex()))
                .with(
                        GAUGE,
                        "shard.apply.lag.entries",
                        "Committed entries that are not in this node's state",
                        each -> Math.max(0, each.commitIndex() - each.appliedIndex()))
                .with(
                        GAUGE,
                        "shard.filling",
                        "1 while the replica is filled by the leader",
                        each -> each.filling() ? 1 : 0);
    }

    private Map<String, LinkStats> linksByPeer() {
        Map<String, LinkStats> rows = new TreeMap<>();
        links.stats().forEach((peer, stats) -> rows.put(peer.name(), stats));
        return rows;
    }

    private Map<String, ReplicaStats> replicasByShard() {
        Map<String, ReplicaStats> rows = new TreeMap<>();
        log.replicas().forEach(stats -> rows.put(Integer.toString(stats.shard().number()), stats));
        return rows;
    }

    private long led() {
        return log.replicas().stream()
                .filter(each -> each.role() == ReplicaStats.Role.LEADER)
                .count();
    }

    private long ready() {
        Lookout look = lookout;
        return look != null && look.isReady() ? 1 : 0;
    }

    private LongSupplier ofMembers(ToLongFunction<Members> number) {
        return () -> of(members, number);
    }

    private LongSupplier ofDispatch(ToLongFunction<Dispatch> number) {
        return () -> of(dispatch, number);
    }

    private LongSupplier ofRoutes(ToLongFunction<InterestStats> number) {
        return () -> {
            RouteTalk talk = routes;
            return of(talk == null ? null : talk.stats(), number);
        };
    }

    private static <T> long of(@Nullable T part, ToLongFunction<T> number) {
        return part == null ? 0 : number.applyAsLong(part);
    }
}
