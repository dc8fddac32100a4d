package io.carillon.compare;

/**
 * A rate that a load measures, with its cost, by their keys in the report.
 *
 * @param title what is counted, such as {@code drained}; empty where the load's own says it
 * @param cpuKey CPU µs of the broker for each
 */
record Figure(String title, String rateKey, String cpuKey) {
    static final Figure DELIVERED =
            new Figure("", "deliveredPerSecond", "brokerCpuMicrosPerMessage");

    static final Figure ENQUEUED =
            new Figure("queued", "enqueuedPerSecond", "enqueueBrokerCpuMicrosPerMessage");

    static final Figure DRAINED =
            new Figure("drained", "drainedPerSecond", "drainBrokerCpuMicrosPerMessage");

    static final Figure SET = new Figure("set", "setPerSecond", "setBrokerCpuMicrosPerMessage");

    static final Figure GOT =
            new Figure("got by #", "gotPerSecond", "gotBrokerCpuMicrosPerMessage");

    static final Figure CONNECTED =
            new Figure("", "connectedPerSecond", "brokerCpuMicrosPerConnect");

    /** The idle load opens its connections one after the other: no storm. */
    static final Figure OPENED =
            new Figure("opened", "connectionsPerSecond", "brokerCpuMicrosPerConnect");
}
