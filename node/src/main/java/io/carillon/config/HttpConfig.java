package io.carillon.config;

/** The HTTP endpoint of metrics and health. */
public record HttpConfig(boolean enabled, BindAddress bind) {
    static final Key<Boolean> ENABLED =
            Key.of("http.enabled", Types.BOOLEAN, "true", "Serve metrics and health over HTTP");

    static final Key<BindAddress> BIND =
            Key.of(
                    "http.bind",
                    Types.BIND,
                    "127.0.0.1:9464",
                    "Address of /metrics, /health/live and /health/ready; it has no log-in");

    static final Section SECTION =
            Section.of("http", "Metrics for Prometheus and health checks.", ENABLED, BIND);

    static HttpConfig from(Values values) {
        return new HttpConfig(values.get(ENABLED), values.get(BIND));
    }
}
