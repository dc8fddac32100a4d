package io.carillon.cluster.membership;

import com.hazelcast.cluster.Member;
import com.hazelcast.config.AdvancedNetworkConfig;
import com.hazelcast.config.Config;
import com.hazelcast.config.InMemoryFormat;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.config.KubernetesConfig;
import com.hazelcast.config.MapConfig;
import com.hazelcast.config.MergePolicyConfig;
import com.hazelcast.config.ServerSocketEndpointConfig;
import com.hazelcast.config.SocketInterceptorConfig;
import com.hazelcast.config.SplitBrainProtectionConfig;
import com.hazelcast.config.TcpIpConfig;
import com.hazelcast.spi.merge.DiscardMergePolicy;
import com.hazelcast.splitbrainprotection.HeartbeatAware;
import com.hazelcast.splitbrainprotection.SplitBrainProtectionFunction;
import com.hazelcast.splitbrainprotection.SplitBrainProtectionOn;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Collection;
import java.util.Map;
import java.util.function.Predicate;

/** Our settings in Hazelcast's terms. */
final class MemberConfig {
    private static final String MAJORITY = "carillon-majority";
    private static final int CONNECT_SECONDS_MAX = 2;

    /** All of them have a reason; what isn't named keeps its default. */
    private static final Map<String, String> PROPERTIES =
            Map.ofEntries(
                    Map.entry("hazelcast.logging.type", "slf4j"),
                    Map.entry("hazelcast.logging.details.enabled", "false"),
                    Map.entry("hazelcast.phone.home.enabled", "false"),
                    // The node decides when it stops, and in which order.
                    Map.entry("hazelcast.shutdownhook.enabled", "false"),
                    Map.entry("hazelcast.jmx", "false"),
                    Map.entry("hazelcast.slow.operation.detector.enabled", "false"),
                    Map.entry("hazelcast.health.monitoring.level", "OFF"),

                    // A hung node is out five to six seconds after its last heartbeat: longer than
                    // a garbage collection or a busy neighbour takes, and not much longer than a
                    // client waits for its CONNECT. A dead process is out when its sockets close.
                    Map.entry("hazelcast.heartbeat.interval.seconds", "1"),
                    Map.entry("hazelcast.max.no.heartbeat.seconds", "5"),
                    // When the oldest hangs the next one asks the others, who come to suspect it up
                    // to a second later and refuse until then. This is also the number of tries, of
                    // which the first five take no time: too few, and it goes on without the
                    // others.
                    Map.entry("hazelcast.mastership.claim.timeout.seconds", "20"),
                    // Links that fail between some pairs only: the oldest node resolves it.
                    Map.entry(
                            "hazelcast.partial.member.disconnection.resolution.heartbeat.count",
                            "5"),

                    // Nodes that start together are gathered for a second and joined at once.
                    Map.entry("hazelcast.wait.seconds.before.join", "1"),
                    Map.entry("hazelcast.max.wait.seconds.before.join", "5"),
                    // Parts that were apart look for each other so often.
                    Map.entry("hazelcast.merge.first.run.delay.seconds", "3"),
                    Map.entry("hazelcast.merge.next.run.delay.seconds", "3"),
                    Map.entry("hazelcast.graceful.shutdown.max.wait", "8"),

                    // A write whose backup isn't known to be there is an error, and tried again.
                    Map.entry("hazelcast.operation.fail.on.indeterminate.state", "true"),
                    Map.entry("hazelcast.operation.call.timeout.millis", "10000"),

                    // Small pools: the maps carry what changes, not each message.
                    Map.entry("hazelcast.partition.count", "67"),
                    Map.entry("hazelcast.operation.thread.count", "2"),
                    Map.entry("hazelcast.operation.generic.thread.count", "2"),
                    Map.entry("hazelcast.operation.priority.generic.thread.count", "1"),
                    Map.entry("hazelcast.operation.response.thread.count", "1"),
                    Map.entry("hazelcast.io.thread.count", "1"),
                    Map.entry("hazelcast.event.thread.count", "1"));

    private MemberConfig() {}

    /**
     * The whole configuration.
     *
     * @param isMajority whether these members are enough for the maps to be written
     */
    static Config of(MemberSettings settings, Predicate<Collection<Member>> isMajority)
            throws UnknownHostException {
        Config config = new Config();
        config.setClusterName(settings.cluster());
        config.setInstanceName(settings.card().node() + "@" + settings.bind());
        PROPERTIES.forEach(config::setProperty);
        config.getJetConfig().setEnabled(false);
        config.getMetricsConfig().setEnabled(false);
        settings.card().attributes().forEach(config.getMemberAttributeConfig()::setAttribute);
        network(config, settings);
        config.addSplitBrainProtectionConfig(protection(isMajority));
        config.addMapConfig(maps());
        return config;
    }

    /** One port, for members only: there is no endpoint for clients, REST or anything else. */
    private static void network(Config config, MemberSettings settings)
            throws UnknownHostException {
        boolean any = MemberSettings.isWildcard(settings.bind());
        ServerSocketEndpointConfig endpoint =
                new ServerSocketEndpointConfig()
                        .setPort(settings.bind().port())
                        .setPortAutoIncrement(false);
        endpoint.setSocketConnectTimeoutSeconds(CONNECT_SECONDS_MAX);
        endpoint.setSocketLingerSeconds(-1); // closes in order, where the default resets
        endpoint.setSocketInterceptorConfig(
                new SocketInterceptorConfig()
                        .setEnabled(true)
                        .setImplementation(new Doorkeeper(Greeting.of(settings))));
        if (any || settings.publicAddress() != null) {
            endpoint.setPublicAddress(settings.reachedAt().toString());
        }
        if (!any) {
            // Its search for a matching interface would not find most addresses of 127.0.0.0/8.
            config.setProperty(
                    "hazelcast.local.localAddress",
                    InetAddress.getByName(settings.bind().host()).getHostAddress());
        }
        config.setProperty("hazelcast.socket.bind.any", Boolean.toString(any));
        config.setProperty(
                "hazelcast.prefer.ipv4.stack",
                Boolean.toString(settings.bind().host().indexOf(':') < 0));
        AdvancedNetworkConfig network = config.getAdvancedNetworkConfig();
        network.setEnabled(true);
        network.setMemberEndpointConfig(endpoint);
        join(network.getJoin(), settings.discovery());
    }

    private static void join(JoinConfig join, Discovery discovery) {
        join.getAutoDetectionConfig().setEnabled(false);
        join.getMulticastConfig().setEnabled(false);
        // How long nodes that start together look for an older one before one of them begins.
        join.getTcpIpConfig().setConnectionTimeoutSeconds(CONNECT_SECONDS_MAX);
        switch (discovery) {
            case Discovery.Seeds seeds -> {
                TcpIpConfig members = join.getTcpIpConfig().setEnabled(true);
                seeds.seeds().forEach(seed -> members.addMember(seed.toString()));
            }
            case Discovery.Dns dns -> {
                join.getKubernetesConfig()
                        .setEnabled(true)
                        .setProperty("service-dns", dns.name())
                        .setProperty("service-port", Integer.toString(dns.port()));
            }
            case Discovery.Kubernetes service -> kubernetes(join.getKubernetesConfig(), service);
        }
    }

    private static void kubernetes(KubernetesConfig config, Discovery.Kubernetes service) {
        config.setEnabled(true)
                .setProperty("namespace", service.namespace())
                .setProperty("service-name", service.service())
                .setProperty("service-port", Integer.toString(service.port()))
                // A node is ready only with a majority, which it can't find without these.
                .setProperty("resolve-not-ready-addresses", "true")
                .setProperty("kubernetes-api-retries", "2")
                .setProperty("kubernetes-master", service.api().url());
        if (service.api().token() != null) {
            config.setProperty("api-token", service.api().token());
        }
        if (service.api().caCertificate() != null) {
            config.setProperty("ca-certificate", service.api().caCertificate());
        }
    }

    private static SplitBrainProtectionConfig protection(Predicate<Collection<Member>> isMajority) {
        return new SplitBrainProtectionConfig(MAJORITY, true)
                .setProtectOn(SplitBrainProtectionOn.WRITE)
                .setFunctionImplementation(new Majority(isMajority));
    }

    /**
     * Is asked whenever a member comes or goes, and once a second since it hears heartbeats: a node
     * that is alone hears of no member, and the size may change without one.
     */
    private record Majority(Predicate<Collection<Member>> isMajority)
            implements SplitBrainProtectionFunction, HeartbeatAware {
        @Override
        public boolean apply(Collection<Member> members) {
            return isMajority.test(members);
        }

        @Override
        public void onHeartbeat(Member member, long timestamp) {}
    }

    /** What the smaller side wrote meanwhile is discarded: each node writes its part again. */
    private static MapConfig maps() {
        return new MapConfig(HazelcastParts.PREFIX + "*")
                .setInMemoryFormat(InMemoryFormat.OBJECT)
                .setBackupCount(1)
                .setStatisticsEnabled(false)
                .setPerEntryStatsEnabled(false)
                .setSplitBrainProtectionName(MAJORITY)
                .setMergePolicyConfig(
                        new MergePolicyConfig().setPolicy(DiscardMergePolicy.class.getName()));
    }
}
