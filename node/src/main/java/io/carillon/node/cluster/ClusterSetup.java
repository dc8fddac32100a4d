package io.carillon.node.cluster;

import io.carillon.cluster.Incarnation;
import io.carillon.cluster.NodeId;
import io.carillon.cluster.link.LinkIdentity;
import io.carillon.cluster.link.LinkSettings;
import io.carillon.cluster.link.grpc.LinkTls;
import io.carillon.cluster.membership.Discovery;
import io.carillon.cluster.membership.HostPort;
import io.carillon.cluster.membership.MemberCard;
import io.carillon.cluster.membership.MemberSettings;
import io.carillon.cluster.membership.Release;
import io.carillon.cluster.ownership.DrainSettings;
import io.carillon.cluster.ownership.founding.FoundingRules;
import io.carillon.cluster.replication.SyncPolicy;
import io.carillon.cluster.replication.raft.RaftSettings;
import io.carillon.config.BindAddress;
import io.carillon.config.CarillonConfig;
import io.carillon.config.ClusterConfig;
import io.carillon.config.DiscoveryConfig;
import io.carillon.config.Version;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The configuration of a node of a cluster in the words of the parts that make it one.
 *
 * @param incarnation which start of the node it is
 */
record ClusterSetup(CarillonConfig config, Incarnation incarnation) {
    /** What a message between nodes has beside a client's packet. */
    private static final int MESSAGE_BYTES_AROUND_PACKET = 1 << 20;

    NodeId self() {
        return new NodeId(config.node().name());
    }

    /** Who this node is to its peers. */
    LinkIdentity identity() {
        return new LinkIdentity(self(), cluster().name(), cluster().shards(), incarnation);
    }

    /** Bounds of the links: the largest packet that a client may send fits into a message. */
    LinkSettings links() {
        LinkSettings usual = LinkSettings.DEFAULTS;
        int bodyBytesMax =
                Math.max(
                        usual.bodyBytesMax(),
                        config.mqtt().packet().packetBytesMax() + MESSAGE_BYTES_AROUND_PACKET);
        return new LinkSettings(
                Math.max(usual.keptBytesMax(), 4L * bodyBytesMax),
                usual.congestedBytes(),
                Math.max(usual.lossyBytesMax(), bodyBytesMax),
                bodyBytesMax,
                usual.windowBytes(),
                usual.callsMax(),
                usual.silenceMillisMax(),
                usual.redialMillisMin(),
                usual.redialMillisMax());
    }

    Optional<LinkTls> tls() {
        return cluster()
                .tls()
                .map(tls -> new LinkTls(tls.certificate(), tls.privateKey(), tls.authority()));
    }

    /**
     * How the node joins.
     *
     * @param peerPort at which its links listen, now that they do
     */
    MemberSettings member(int peerPort) {
        BindAddress peer =
                cluster()
                        .addresses()
                        .peerPublicAddress()
                        .orElse(new BindAddress(cluster().addresses().peerBind().host(), peerPort));
        MemberCard card =
                new MemberCard(
                        self(),
                        incarnation,
                        hostPort(peer),
                        Release.parse(Version.TEXT),
                        cluster().shards(),
                        cluster().size(),
                        zone());
        return new MemberSettings(
                cluster().name(),
                card,
                hostPort(cluster().addresses().bind()),
                cluster().addresses().publicAddress().map(ClusterSetup::hostPort).orElse(null),
                discovery(cluster().discovery()));
    }

    CoreSettings core() {
        return new CoreSettings(
                self(),
                incarnation.disk(),
                zone(),
                Presence.source(incarnation),
                founding(),
                drain(),
                config.mqtt().connect().connectTimeoutMillis(),
                cluster().minorityGraceMillis());
    }

    FoundingRules founding() {
        return new FoundingRules(
                cluster().name(),
                cluster().size(),
                cluster().shards(),
                cluster().replicas(),
                cluster().founders().stream().map(NodeId::new).collect(Collectors.toSet()));
    }

    InetSocketAddress peerBind() {
        return cluster().addresses().peerBind().toSocketAddress();
    }

    /** What the operator asks for at this node. */
    Requests requests() {
        return new Requests(config.node().dataDir());
    }

    static RaftSettings raft(CarillonConfig config, SyncPolicy sync) {
        RaftSettings usual = RaftSettings.of(sync);
        RaftSettings.Retention retention = usual.retention();
        return new RaftSettings(
                sync,
                usual.timing(),
                usual.bounds(),
                new RaftSettings.Retention(
                        retention.entriesMax(),
                        retention.bytesMax(),
                        retention.ageMillisMax(),
                        retention.partBytes(),
                        config.cluster().fillBytesPerSecond()));
    }

    DrainSettings drain() {
        return new DrainSettings(
                cluster().drainTimeoutMillis(),
                DrainSettings.DEFAULT.parallelMax(),
                DrainSettings.DEFAULT.retryMillis());
    }

    /** What may fail together with this node; empty if nothing is known. */
    private String zone() {
        return cluster().zone().orElse("");
    }

    private ClusterConfig cluster() {
        return config.cluster();
    }

    private static Discovery discovery(DiscoveryConfig config) {
        return switch (config) {
            case DiscoveryConfig.Seeds(var seeds) ->
                    new Discovery.Seeds(seeds.stream().map(ClusterSetup::hostPort).toList());
            case DiscoveryConfig.Dns(String name, int port) -> new Discovery.Dns(name, port);
            case DiscoveryConfig.Kubernetes(
                            String namespace,
                            String service,
                            int port,
                            String url) ->
                    new Discovery.Kubernetes(
                            namespace, service, port, new Discovery.KubernetesApi(url, null, null));
        };
    }

    private static HostPort hostPort(BindAddress address) {
        return new HostPort(address.host(), address.port());
    }
}
