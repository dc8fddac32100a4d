package io.carillon.bench.client;

/** A version of MQTT that the load client speaks. */
public enum Protocol {
    V3_1_1(4),
    V5(5);

    final int level;

    Protocol(int level) {
        this.level = level;
    }

    boolean hasProperties() {
        return this == V5;
    }
}
