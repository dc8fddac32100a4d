package io.carillon.node;

import io.carillon.config.CarillonConfig;
import io.carillon.config.HttpConfig;
import io.carillon.config.Version;
import io.carillon.loop.AnyThread;
import io.carillon.metrics.BrokerMetrics;
import io.carillon.metrics.HttpEndpoint;
import io.carillon.metrics.MeterTable;
import io.carillon.metrics.PrometheusPage;
import io.carillon.metrics.Readiness;
import io.carillon.net.listen.Listeners;
import io.carillon.storage.Store;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** What the node tells about itself over HTTP, and whether it is ready. */
@AnyThread
final class Telemetry implements AutoCloseable {
    private static final long STORE_CHECK_SECONDS = 1;

    private record Http(PrometheusPage page, HttpEndpoint endpoint) {}

    private final Readiness readiness;
    private final Optional<Http> http;
    private final ScheduledFuture<?> storeChecks;

    private Telemetry(Readiness readiness, Optional<Http> http, ScheduledFuture<?> storeChecks) {
        this.readiness = readiness;
        this.http = http;
        this.storeChecks = storeChecks;
    }

    /**
     * Opens the HTTP endpoint, if there is to be one; the node is not ready yet.
     *
     * @throws StartException if its address cannot be bound
     */
    static Telemetry start(
            CarillonConfig config,
            BrokerMetrics metrics,
            Readiness readiness,
            Store store,
            ScheduledExecutorService timer)
            throws StartException {
        readiness.notReady("start", "the node is starting");
        Optional<Http> http =
                config.http().enabled()
                        ? Optional.of(open(config.http(), config.node().name(), metrics, readiness))
                        : Optional.empty();
        ScheduledFuture<?> storeChecks =
                timer.scheduleAtFixedRate(
                        () -> check(store, readiness), 0, STORE_CHECK_SECONDS, TimeUnit.SECONDS);
        return new Telemetry(readiness, http, storeChecks);
    }

    /** Shows more of the node's numbers. */
    Telemetry show(List<MeterTable<?>> tables) {
        http.ifPresent(open -> tables.forEach(open.page()::show));
        return this;
    }

    /** The node serves clients; closing the result says that it does no more. */
    AutoCloseable ready(Listeners listeners) {
        http.ifPresent(open -> Counters.showCertificates(open.page().registry(), listeners));
        readiness.ready("start");
        return () -> readiness.notReady("stop", "the node is stopping");
    }

    /** Where the endpoint listens, if there is one. */
    Optional<InetSocketAddress> address() {
        return http.map(open -> open.endpoint().address());
    }

    @Override
    public void close() {
        storeChecks.cancel(false);
        http.ifPresent(
                open -> {
                    open.endpoint().close();
                    open.page().close();
                });
    }

    private static Http open(
            HttpConfig config, String nodeName, BrokerMetrics metrics, Readiness readiness)
            throws StartException {
        PrometheusPage page = new PrometheusPage(metrics, nodeName, Version.TEXT);
        try {
            return new Http(page, HttpEndpoint.open(config.bind(), page::text, readiness));
        } catch (IOException e) {
            page.close();
            throw new StartException(
                    e.getMessage()
                            + "; choose another address for http.bind, or set http.enabled to"
                            + " false");
        }
    }

    private static void check(Store store, Readiness readiness) {
        String failure = store.failure();
        if (failure != null) {
            readiness.notReady("store", failure);
        }
    }
}
