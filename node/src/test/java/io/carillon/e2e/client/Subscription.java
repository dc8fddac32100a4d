package io.carillon.e2e.client;

import java.util.Optional;

/**
 * One filter to subscribe to. All but filter and QoS is for MQTT 5.0 only.
 *
 * @param retainHandling 0: send retained messages, 1: only to a new subscription, 2: never
 * @param identifier only Paho lets a user choose one
 */
public record Subscription(
        String filter,
        int qos,
        boolean noLocal,
        boolean retainAsPublished,
        int retainHandling,
        Optional<Integer> identifier) {

    public static Subscription of(String filter, int qos) {
        return new Subscription(filter, qos, false, false, 0, Optional.empty());
    }

    public Subscription withNoLocal() {
        return new Subscription(filter, qos, true, retainAsPublished, retainHandling, identifier);
    }

    public Subscription withRetainAsPublished() {
        return new Subscription(filter, qos, noLocal, true, retainHandling, identifier);
    }

    public Subscription withRetainHandling(int other) {
        return new Subscription(filter, qos, noLocal, retainAsPublished, other, identifier);
    }

    public Subscription withIdentifier(int number) {
        return new Subscription(
                filter, qos, noLocal, retainAsPublished, retainHandling, Optional.of(number));
    }
}
