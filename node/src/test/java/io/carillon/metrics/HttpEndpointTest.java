package io.carillon.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.carillon.config.BindAddress;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The endpoint as Prometheus and Kubernetes use it. */
final class HttpEndpointTest {
    private static final BindAddress ANY_PORT = new BindAddress("127.0.0.1", 0);

    private final Readiness readiness = new Readiness();
    private final AtomicReference<Supplier<String>> page =
            new AtomicReference<>(() -> "carillon_info 1\n");
    private final HttpClient client = HttpClient.newHttpClient();
    private HttpEndpoint endpoint;

    @BeforeEach
    void open() throws IOException {
        endpoint = HttpEndpoint.open(ANY_PORT, () -> page.get().get(), readiness);
    }

    @AfterEach
    void close() {
        endpoint.close();
        client.close();
    }

    @Test
    void servesMetrics() throws Exception {
        HttpResponse<String> response = send("GET", "/metrics");
        assertEquals(200, response.statusCode());
        assertEquals("carillon_info 1\n", response.body());
        assertEquals(
                "text/plain; version=0.0.4; charset=utf-8",
                response.headers().firstValue("Content-Type").orElseThrow());
    }

    @Test
    void isReadyOnceNoReasonIsLeft() throws Exception {
        readiness.notReady("store", "the store is \"opening\"");
        readiness.notReady("listeners", "no listener is open");
        HttpResponse<String> response = send("GET", "/health/ready");
        assertEquals(503, response.statusCode());
        assertEquals(
                "{\"status\":\"not ready\",\"reasons\":[\"no listener is open\",\"the store is"
                        + " \\\"opening\\\"\"]}\n",
                response.body());
        readiness.ready("store");
        assertEquals(List.of("no listener is open"), readiness.reasons());
        readiness.ready("listeners");
        response = send("GET", "/health/ready");
        assertEquals(200, response.statusCode());
        assertEquals("{\"status\":\"ready\"}\n", response.body());
    }

    @Test
    void isLiveWhetherReadyOrNot() throws Exception {
        readiness.notReady("store", "opening");
        assertEquals(200, send("GET", "/health/live").statusCode());
    }

    @Test
    void answersHeadWithoutABody() throws Exception {
        HttpResponse<String> response = send("HEAD", "/health/live");
        assertEquals(200, response.statusCode());
        assertEquals("", response.body());
    }

    @Test
    void saysWhatIsThere() throws Exception {
        HttpResponse<String> unknown = send("GET", "/metric");
        assertEquals(404, unknown.statusCode());
        assertTrue(unknown.body().contains("/metrics, /health/live and /health/ready"));
        HttpResponse<String> post = send("POST", "/metrics");
        assertEquals(405, post.statusCode());
        assertEquals("GET, HEAD", post.headers().firstValue("Allow").orElseThrow());
    }

    @Test
    void survivesMetricsThatCannotBeRead() throws Exception {
        page.set(
                () -> {
                    throw new IllegalStateException("a source failed");
                });
        assertEquals(500, send("GET", "/metrics").statusCode());
        assertEquals(200, send("GET", "/health/live").statusCode());
    }

    @Test
    void anAddressInUseIsNamed() {
        BindAddress taken = new BindAddress("127.0.0.1", endpoint.address().getPort());
        IOException refused =
                assertThrows(
                        IOException.class,
                        () -> HttpEndpoint.open(taken, () -> "", readiness).close());
        assertTrue(refused.getMessage().startsWith("http.bind " + taken + ": "));
    }

    private HttpResponse<String> send(String method, String path) throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + endpoint.address().getPort() + path);
        return client.send(
                HttpRequest.newBuilder(uri).method(method, BodyPublishers.noBody()).build(),
                BodyHandlers.ofString());
    }
}
