package io.carillon.compare;

import java.util.OptionalInt;
import java.util.OptionalLong;

/** A broker that runs, as a load sees it. */
record Target(String name, String host, int port, OptionalInt tlsPort, OptionalLong pid) {

    static Target of(RunningBroker running) {
        Broker broker = running.broker();
        return new Target(
                broker.name(),
                "127.0.0.1",
                broker.port(),
                broker.tlsPort(),
                OptionalLong.of(running.pid()));
    }

    static Target of(GivenBroker given) {
        return new Target(
                given.name(), given.host(), given.port(), OptionalInt.empty(), given.pid());
    }

    String address(int atPort) {
        return host + ":" + atPort;
    }
}
