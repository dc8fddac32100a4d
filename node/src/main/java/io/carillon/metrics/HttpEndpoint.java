package io.carillon.metrics;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.carillon.config.BindAddress;
import io.carillon.logging.Json;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Metrics and health over HTTP: {@code /metrics}, {@code /health/live}, {@code /health/ready}. Two
 * threads serve it; at most {@value #CONNECTIONS_MAX} connections are open and {@value
 * #WAITING_MAX} requests wait, further ones are closed; a request or answer that takes longer than
 * {@value #EXCHANGE_SECONDS_MAX} s is cut off.
 */
public final class HttpEndpoint implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HttpEndpoint.class);
    private static final int CONNECTIONS_MAX = 64;
    private static final int WAITING_MAX = 32;
    private static final int EXCHANGE_SECONDS_MAX = 10;
    private static final String JSON = "application/json";
    private static final String TEXT = "text/plain; charset=utf-8";

    static {
        // The JDK's server takes its bounds from here only, when the first one is made.
        System.setProperty("jdk.httpserver.maxConnections", "" + CONNECTIONS_MAX);
        System.setProperty("sun.net.httpserver.maxReqTime", "" + EXCHANGE_SECONDS_MAX);
        System.setProperty("sun.net.httpserver.maxRspTime", "" + EXCHANGE_SECONDS_MAX);
    }

    private final Supplier<String> metrics;
    private final Readiness readiness;
    private final HttpServer server;
    private final ThreadPoolExecutor threads;

    /** What a request is answered. */
    private record Answer(int status, String contentType, String body) {}

    private HttpEndpoint(Supplier<String> metrics, Readiness readiness, HttpServer server) {
        this.metrics = metrics;
        this.readiness = readiness;
        this.server = server;
        this.threads =
                new ThreadPoolExecutor(
                        2,
                        2,
                        0,
                        TimeUnit.SECONDS,
                        new ArrayBlockingQueue<>(WAITING_MAX),
                        Thread.ofPlatform().name("http-", 0).daemon().factory());
    }

    /**
     * Opens the endpoint.
     *
     * @param metrics the page in Prometheus' text format, made at each request
     * @throws IOException if the address cannot be bound; the message names it
     */
    public static HttpEndpoint open(BindAddress bind, Supplier<String> metrics, Readiness readiness)
            throws IOException {
        HttpServer server;
        try {
            server = HttpServer.create(bind.toSocketAddress(), CONNECTIONS_MAX);
        } catch (IOException | IllegalArgumentException e) {
            throw new IOException("http.bind " + bind + ": " + e.getMessage(), e);
        }
        HttpEndpoint endpoint = new HttpEndpoint(metrics, readiness, server);
        server.setExecutor(endpoint.threads);
        server.createContext("/", endpoint::serve);
        server.start();
        return endpoint;
    }

    /** Where it listens, with the port that was chosen if the configured one is 0. */
    public InetSocketAddress address() {
        return server.getAddress();
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            Answer answer = answer(exchange.getRequestMethod(), exchange.getRequestURI().getPath());
            byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", answer.contentType());
            exchange.getResponseHeaders().set("Cache-Control", "no-store");
            if (answer.status() == 405) {
                exchange.getResponseHeaders().set("Allow", "GET, HEAD");
            }
            if (exchange.getRequestMethod().equals("HEAD")) {
                exchange.sendResponseHeaders(answer.status(), -1);
            } else {
                exchange.sendResponseHeaders(answer.status(), body.length);
                exchange.getResponseBody().write(body);
            }
        }
    }

    private Answer answer(String method, String path) {
        if (!method.equals("GET") && !method.equals("HEAD")) {
            return new Answer(405, TEXT, "only GET and HEAD are served here\n");
        }
        return switch (path) {
            case "/metrics" -> metrics();
            case "/health/live" -> new Answer(200, JSON, "{\"status\":\"live\"}\n");
            case "/health/ready" -> ready();
            default ->
                    new Answer(
                            404, TEXT, "here are /metrics, /health/live and /health/ready only\n");
        };
    }

    private Answer metrics() {
        try {
            return new Answer(200, PrometheusPage.CONTENT_TYPE, metrics.get());
        } catch (RuntimeException e) {
            LOG.error("the metrics page cannot be made", e);
            return new Answer(500, TEXT, "the metrics cannot be read; the log says why\n");
        }
    }

    private Answer ready() {
        List<String> reasons = readiness.reasons();
        if (reasons.isEmpty()) {
            return new Answer(200, JSON, "{\"status\":\"ready\"}\n");
        }
        StringBuilder body = new StringBuilder("{\"status\":\"not ready\",\"reasons\":[");
        for (int i = 0; i < reasons.size(); i++) {
            body.append(i == 0 ? "" : ",");
            Json.quote(reasons.get(i), body);
        }
        return new Answer(503, JSON, body.append("]}\n").toString());
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
