package io.carillon.e2e.client;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an MQTT 5.0 message carries beside its payload, as far as all libraries show it.
 *
 * @param correlationData one character for each byte
 */
public record Properties(
        List<Map.Entry<String, String>> user,
        Optional<String> contentType,
        Optional<String> responseTopic,
        Optional<String> correlationData,
        boolean utf8,
        Optional<Long> expirySeconds) {

    public static final Properties NONE =
            new Properties(
                    List.of(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    false,
                    Optional.empty());

    public Properties {
        user = List.copyOf(user);
    }

    public static Properties expiringAfter(long seconds) {
        return new Properties(
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false,
                Optional.of(seconds));
    }

    public static Properties ofRequest(String responseTopic, String correlationData) {
        return new Properties(
                List.of(),
                Optional.empty(),
                Optional.of(responseTopic),
                Optional.of(correlationData),
                false,
                Optional.empty());
    }

    public static Properties correlated(String correlationData) {
        return new Properties(
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(correlationData),
                false,
                Optional.empty());
    }
}
