package io.carillon.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The keys {@code cluster.*}: what they give, what is refused, what is warned of. */
final class ClusterConfigTest {
    private static final String ENABLED = "cluster.enabled=true";
    private static final String NAMED = "node.name=n1";

    @Test
    void aNodeOfThree() throws ConfigException {
        ClusterConfig cluster =
                Configs.read(
                                """
                                node: {name: n1}
                                cluster:
                                  enabled: true
                                  name: plant
                                  bind: 0.0.0.0:5701
                                  publicAddress: n1.example.org:15701
                                  peerBind: '[::]:0'
                                  peerPublicAddress: '[2001:db8::1]:17701'
                                  seeds: ['n1.example.org:15701', '10.0.0.2:5701']
                                  founders: [n1, n2, n3]
                                  zone: a
                                  drainTimeout: 5s
                                  minorityGrace: 0
                                  fillBytesPerSecond: 1MiB
                                """)
                        .cluster();
        BindAddress reached = new BindAddress("n1.example.org", 15_701);
        BindAddress reachedByPeers = new BindAddress("2001:db8::1", 17_701);
        assertEquals(
                new ClusterConfig(
                        true,
                        "plant",
                        3,
                        16,
                        3,
                        List.of("n1", "n2", "n3"),
                        Optional.of("a"),
                        new AddressConfig(
                                new BindAddress("0.0.0.0", 5701),
                                Optional.of(reached),
                                new BindAddress("::", 0),
                                Optional.of(reachedByPeers)),
                        new DiscoveryConfig.Seeds(
                                List.of(reached, new BindAddress("10.0.0.2", 5701))),
                        Optional.empty(),
                        1 << 20,
                        5_000,
                        0),
                cluster);
        assertEquals(reached, cluster.addresses().member());
        assertEquals(reachedByPeers, cluster.addresses().peer());
    }

    @Test
    void portsOfDnsAndKubernetesAreThoseOfThisNodeUnlessGiven() throws ConfigException {
        assertEquals(
                new DiscoveryConfig.Dns("nodes", 5_711),
                clustered(
                                "cluster.discovery=dns",
                                "cluster.dns.name=nodes",
                                "cluster.bind=127.0.0.1:5711")
                        .discovery());
        assertEquals(
                new DiscoveryConfig.Dns("nodes", 1),
                clustered("cluster.discovery=dns", "cluster.dns.name=nodes", "cluster.dns.port=1")
                        .discovery());
        assertEquals(
                new DiscoveryConfig.Kubernetes(
                        "default", "nodes", 5_701, "https://kubernetes.default.svc"),
                clustered(
                                "cluster.discovery=kubernetes",
                                "cluster.kubernetes.namespace=default",
                                "cluster.kubernetes.service=nodes")
                        .discovery());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "cluster.bind=127.0.0.1:0 | cluster.bind needs a port from 1 to 65535",
                "cluster.bind=0.0.0.0:5701 | bind that one, or set cluster.publicAddress",
                "cluster.bind=[0:0:0:0:0:0:0:0]:5701 | or set cluster.publicAddress",
                "cluster.peerBind=[::]:0 | bind that one, or set cluster.peerPublicAddress",
                "cluster.peerBind=127.0.0.1:5701 | cluster.bind and cluster.peerBind are both",
                "cluster.publicAddress=0.0.0.0:1 | is not an address to connect to",
                "cluster.seeds=a:1,b:0 | 'b:0' is not an address to connect to",
                "cluster.seeds=a | 'a' is not HOST:PORT",
                "cluster.size=2 | cluster.replicas: 3 copies need as many nodes, and cluster.size is 2",
                "cluster.replicas=4 | '4' is not one of 1, 2, 3, 5",
                "cluster.replicas=5 | 5 copies need as many nodes, and cluster.size is 3",
                "cluster.founders=n1,n2 | cluster.founders: name all 3 (cluster.size) of them once",
                "cluster.founders=n1,n2,n1 | cluster.founders: name all 3",
                "cluster.drainTimeout=30s | has to be shorter than node.shutdownTimeout",
                "cluster.discovery=multicast | is not one of seeds, dns, kubernetes",
                "cluster.discovery=dns | cluster.discovery dns needs cluster.dns.name: ",
                "cluster.dns.name=a | option --set: cluster.dns.name is not for cluster.discovery seeds",
                "cluster.kubernetes.port=1 | is not for cluster.discovery seeds",
                "cluster.kubernetes.url=ftp://a | is not a URL such as",
                "cluster.name=a b | is not a cluster name"
            })
    void eachSaysWhatWouldBeRight(String set, String message) {
        List<String> problems = Configs.problems("", ENABLED, NAMED, set);
        assertEquals(1, problems.size(), problems.toString());
        assertTrue(problems.getFirst().contains(message), problems.toString());
    }

    @Test
    void allAreNamedAtOnce() {
        List<String> problems =
                Configs.problems(
                        "",
                        ENABLED,
                        "cluster.bind=0.0.0.0:5701",
                        "cluster.replicas=5",
                        "cluster.discovery=kubernetes");
        assertEquals(5, problems.size(), problems.toString());
        assertTrue(
                problems.getFirst().startsWith("a node of a cluster needs node.name: "),
                problems.toString());
    }

    @Test
    void aNameFromAnySourceWillDo() throws ConfigException {
        assertEquals(
                "n1",
                Configs.effective("", Map.of("CARILLON_NODE_NAME", "n1"), ENABLED)
                        .config()
                        .node()
                        .name());
    }

    @Test
    void nothingIsCheckedOfANodeOnItsOwn() {
        assertEquals(
                List.of(),
                Configs.problems(
                        "",
                        "cluster.bind=0.0.0.0:0",
                        "cluster.size=1",
                        "cluster.discovery=dns",
                        "cluster.tls.certificate=/no/such/file"));
    }

    @Test
    void tlsNeedsAllItsFiles(@TempDir Path dir) throws Exception {
        Path file = Files.createFile(dir.resolve("a.pem"));
        List<String> problems =
                Configs.problems(
                        "",
                        ENABLED,
                        NAMED,
                        "cluster.tls.certificate=" + file,
                        "cluster.tls.privateKey=/no/such/file");
        assertEquals(2, problems.size(), problems.toString());
        assertEquals(
                "option --set: cluster.tls.privateKey: no readable file at /no/such/file",
                problems.get(0));
        assertTrue(problems.get(1).startsWith("cluster.tls needs cluster.tls.authority: PEM"));
        assertEquals(
                Optional.of(new PeerTlsConfig(file, file, file)),
                clustered(
                                "cluster.tls.certificate=" + file,
                                "cluster.tls.privateKey=" + file,
                                "cluster.tls.authority=" + file)
                        .tls());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "cluster.seeds=127.0.0.1:5702 | ''",
                "cluster.size=3 | cluster.seeds is empty: ",
                "cluster.size=1 cluster.replicas=1 | ''",
                "cluster.seeds=10.0.0.2:5701 cluster.bind=10.0.0.1:5701"
                        + " | cluster.peerBind 127.0.0.1:7701 can be reached from this host only",
                "cluster.seeds=10.0.0.2:5701 cluster.peerBind=10.0.0.1:7701"
                        + " cluster.publicAddress=10.0.0.1:1 | cluster.tls is not set: "
            })
    void warnings(String sets, String words) throws ConfigException {
        List<String> warnings = clustered(sets.split(" ")).warnings();
        assertEquals(words.isEmpty() ? 0 : 1, warnings.size(), warnings.toString());
        assertTrue(words.isEmpty() || warnings.getFirst().contains(words), warnings.toString());
    }

    @Test
    void printedAndReadBackGivesTheSame() throws ConfigException {
        EffectiveConfig config =
                Configs.effective(
                        "",
                        Map.of("CARILLON_CLUSTER_SEEDS", "[::1]:5701, a:5702"),
                        ENABLED,
                        NAMED,
                        "cluster.founders=n1,n2,n3");
        assertEquals(config.config(), Configs.read(config.toYaml()));
    }

    private static ClusterConfig clustered(String... sets) throws ConfigException {
        return Configs.read(
                        "",
                        Stream.concat(Stream.of(ENABLED, NAMED), Stream.of(sets))
                                .toArray(String[]::new))
                .cluster();
    }
}
