package io.carillon.node.cluster;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.carillon.cluster.DiskId;
import io.carillon.cluster.Incarnation;
import io.carillon.cluster.NodeId;
import io.carillon.cluster.interest.Owner;
import io.carillon.cluster.interest.SharedPages.Page;
import io.carillon.cluster.interest.SharedPages.PageKey;
import io.carillon.cluster.membership.ClusterMember;
import io.carillon.cluster.membership.Discovery;
import io.carillon.cluster.membership.HostPort;
import io.carillon.cluster.membership.MemberSettings;
import io.carillon.cluster.replication.SyncPolicy;
import io.carillon.config.ConfigReader;
import io.carillon.loop.ThreadLoop;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the parts of a cluster are told, and that a member starts with it. */
@Timeout(60)
final class ClusterSetupTest {
    private static final Incarnation START = new Incarnation(new DiskId(1, 2), 3, 4);

    @Test
    void theCardHasThePortThatWasBound() throws Exception {
        MemberSettings member =
                setup("cluster.peerBind=localhost:0", "cluster.zone=a", "cluster.size=5")
                        .member(7_777);
        assertEquals(new HostPort("localhost", 7_777), member.card().peer());
        assertEquals(new NodeId("n1"), member.card().node());
        assertEquals(START, member.card().incarnation());
        assertEquals("a", member.card().zone());
        assertEquals(5, member.card().size());
        assertEquals(16, member.card().shards());
    }

    @Test
    void publicAddressesAreWhatOthersAreTold() throws Exception {
        MemberSettings member =
                setup(
                                "cluster.bind=0.0.0.0:5701",
                                "cluster.publicAddress=n1.example.org:15701",
                                "cluster.peerBind=[::]:0",
                                "cluster.peerPublicAddress=[2001:db8::1]:17701")
                        .member(7_777);
        assertEquals(new HostPort("2001:db8::1", 17_701), member.card().peer());
        assertEquals(new HostPort("n1.example.org", 15_701), member.publicAddress());
        assertEquals(new HostPort("0.0.0.0", 5_701), member.bind());
    }

    @Test
    void nodesAreFoundAsConfigured() throws Exception {
        assertEquals(
                new Discovery.Seeds(List.of(new HostPort("::1", 1), new HostPort("b", 2))),
                setup("cluster.seeds=[::1]:1,b:2").member(1).discovery());
        assertEquals(
                new Discovery.Dns("nodes", 5_701),
                setup("cluster.discovery=dns", "cluster.dns.name=nodes").member(1).discovery());
        assertEquals(
                new Discovery.Kubernetes("ns", "nodes", 9, Discovery.KubernetesApi.IN_POD),
                setup(
                                "cluster.discovery=kubernetes",
                                "cluster.kubernetes.namespace=ns",
                                "cluster.kubernetes.service=nodes",
                                "cluster.kubernetes.port=9")
                        .member(1)
                        .discovery());
    }

    @Test
    void boundsComeFromTheConfiguration() throws Exception {
        ClusterSetup setup =
                setup(
                        "cluster.founders=n1,n2,n3",
                        "cluster.drainTimeout=5s",
                        "cluster.fillBytesPerSecond=1MiB",
                        "mqtt.maxPacketSize=64MiB");
        assertEquals(
                Set.of(new NodeId("n1"), new NodeId("n2"), new NodeId("n3")),
                setup.founding().founders());
        assertEquals(5_000, setup.drain().millisMax());
        assertEquals(
                1 << 20,
                ClusterSetup.raft(setup.config(), new SyncPolicy.Always())
                        .retention()
                        .fillBytesPerSecond());
        assertTrue(setup.links().bodyBytesMax() > 64 << 20);
        assertEquals("carillon", setup.identity().cluster());
        assertEquals(Optional.empty(), setup.tls());
    }

    @Test
    void aMemberStartsAndPagesGoThroughItsMap() throws Exception {
        MemberSettings settings =
                setup(
                                "cluster.size=1",
                                "cluster.replicas=1",
                                "cluster.bind=127.1.2.3:" + freePort())
                        .member(7_777);
        ThreadLoop loop = ThreadLoop.start("cluster");
        ClusterMember member = ClusterMember.start(settings, loop, InstantSource.system());
        try {
            LookupPages pages = new LookupPages(member.lookupMap("pages", () -> {}));
            NodeId self = member.members().self();
            PageKey one = new PageKey(new Owner.OfNode(self), 1);
            PageKey two = new PageKey(new Owner.OfNode(self), 2);
            byte[] content = {1, 2, 3};
            // Its majority is looked at once a second: the first write may be too early.
            await().ignoreExceptions()
                    .until(
                            () -> {
                                on(
                                        loop,
                                        () ->
                                                pages.write(
                                                        List.of(
                                                                new Page(one, content),
                                                                new Page(two, content))));
                                return true;
                            });
            on(loop, () -> pages.write(List.of(new Page(two, null))));
            assertArrayEquals(content, on(loop, () -> pages.read(self, one)));
            assertNull(on(loop, () -> pages.read(self, two)));
        } finally {
            member.leave();
            loop.close();
        }
    }

    private static ClusterSetup setup(String... sets) throws Exception {
        List<String> all =
                Stream.concat(Stream.of("cluster.enabled=true", "node.name=n1"), Stream.of(sets))
                        .toList();
        return new ClusterSetup(
                new ConfigReader(Map.of(), "host").read(Optional.empty(), all).config(), START);
    }

    private static <T> T on(ThreadLoop loop, Supplier<CompletionStage<T>> call) {
        return CompletableFuture.supplyAsync(call, loop).thenCompose(stage -> stage).join();
    }

    private static int freePort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
