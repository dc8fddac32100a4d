package io.carillon.cluster.membership;

import static io.carillon.cluster.membership.Cards.card;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Other ways than a complete list of seeds to find those who are there. */
@Timeout(120)
class DiscoveryTest {
    private static final HostPort FIRST = loopback();
    private static RealNode first;

    @BeforeAll
    static void start() throws Exception {
        first = RealNode.start(settings(card(1), FIRST, new Discovery.Seeds(List.of())));
    }

    @AfterAll
    static void stop() {
        first.close();
    }

    @Test
    void byTheAddressesOfAName() throws Exception {
        Discovery dns = new Discovery.Dns("localhost", FIRST.port());
        try (RealNode node = RealNode.start(settings(card(2), loopback(), dns))) {
            node.awaitHeard("majority");
            first.awaitHeard("+node-2 boot 1");
        }
        first.awaitHeard("-node-2 boot 1");
    }

    @Test
    void byTheEndpointsOfAKubernetesService() throws Exception {
        try (Kubernetes api = new Kubernetes()) {
            Discovery service =
                    new Discovery.Kubernetes(
                            "messaging",
                            "carillon",
                            FIRST.port(),
                            new Discovery.KubernetesApi(api.url(), "secret", anyCertificate()));
            try (RealNode node = RealNode.start(settings(card(3), loopback(), service))) {
                node.awaitHeard("majority");
                first.awaitHeard("+node-3 boot 1");
            }
            assertTrue(
                    api.asked.stream().anyMatch(path -> path.contains("endpointslices")),
                    api.asked::toString);
            assertEquals(List.of("Bearer secret"), api.tokens.stream().distinct().toList());
        }
    }

    /** Clusters that began apart find each other, and each tells the other what it has. */
    @Test
    void whoStartedAloneJoinsLater() throws Exception {
        HostPort seed = loopback();
        try (RealNode early =
                RealNode.start(settings(card(4), loopback(), new Discovery.Seeds(List.of(seed))))) {
            early.put("early", "1");
            early.awaitPresent(1);
            assertFalse(early.members().hasMajority());
            try (RealNode late =
                    RealNode.start(settings(card(5), seed, new Discovery.Seeds(List.of())))) {
                late.put("late", "1");
                early.awaitHeard("majority");
                late.awaitHeard("majority");
                RealNode.await(
                        "early sees late",
                        () -> early.view.of(late.id()).equals(Map.of("late", "1")));
                RealNode.await(
                        "late sees early",
                        () -> late.view.of(early.id()).equals(Map.of("early", "1")));
                early.checkOrder();
                late.checkOrder();
            }
        }
    }

    private static MemberSettings settings(MemberCard card, HostPort bind, Discovery discovery) {
        return new MemberSettings("found", card, bind, null, discovery);
    }

    /** One that the JDK trusts; it has to be one, though nothing here is encrypted. */
    private static String anyCertificate() throws Exception {
        TrustManagerFactory trust =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init((KeyStore) null);
        byte[] certificate =
                ((X509TrustManager) trust.getTrustManagers()[0])
                        .getAcceptedIssuers()[0].getEncoded();
        return "-----BEGIN CERTIFICATE-----\n"
                + Base64.getMimeEncoder().encodeToString(certificate)
                + "\n-----END CERTIFICATE-----\n";
    }

    private static HostPort loopback() {
        return new HostPort("127.0.0.1", RealNode.freePort());
    }

    /** Answers what is asked of a Kubernetes API about the endpoints of a service. */
    private static final class Kubernetes implements AutoCloseable {
        private static final String SLICES =
                """
                {"kind": "EndpointSliceList", "items": [{
                  "metadata": {"name": "carillon-x1"},
                  "addressType": "IPv4",
                  "endpoints": [{
                    "addresses": ["127.0.0.1"],
                    "conditions": {"ready": false},
                    "targetRef": {"kind": "Pod", "name": "carillon-0"}}],
                  "ports": [{"name": "members", "port": 5701, "protocol": "TCP"}]}]}
                """;

        private final HttpServer server;
        private final List<String> asked = new CopyOnWriteArrayList<>();
        private final List<String> tokens = new CopyOnWriteArrayList<>();

        Kubernetes() throws IOException {
            server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", this::answer);
            server.start();
        }

        String url() {
            return "http://127.0.0.1:" + server.getAddress().getPort();
        }

        private void answer(HttpExchange exchange) throws IOException {
            String path = exchange.getRequestURI().toString();
            asked.add(path);
            tokens.add(exchange.getRequestHeaders().getFirst("Authorization"));
            boolean known = path.startsWith("/apis/discovery.k8s.io/v1/namespaces/messaging/");
            byte[] body = (known ? SLICES : "{\"reason\":\"NotFound\"}").getBytes(UTF_8);
            exchange.sendResponseHeaders(known ? 200 : 404, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }
}
