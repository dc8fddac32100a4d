package io.carillon.e2e.broker;

import java.util.concurrent.atomic.AtomicInteger;

/** Topics and client ids that no other test of this run uses. */
public final class Names {
    private static final AtomicInteger LAST = new AtomicInteger();

    private Names() {}

    /** A topic of two levels. */
    public static String topic() {
        return "e2e/" + LAST.incrementAndGet();
    }

    /** A client id that also MQTT 3.1 allows. */
    public static String clientId() {
        return "client" + LAST.incrementAndGet();
    }
}
