package io.carillon.compare;

import io.carillon.bench.report.ProcessUsage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The brokers that the comparison has started; they stay up from load to load, so that the Java
 * ones are warm. Any thread: the one that ends the program closes them.
 */
final class Fleet implements AutoCloseable {
    /** The kernel counts in steps of 10 ms, so this is two of them. */
    private static final double IDLE_CORES_MAX = 0.05;

    private static final int LOOK_EVERY_MILLIS = 500;
    private static final int IDLE_LOOKS_MAX = 40;

    private final Map<String, Broker> brokers = new LinkedHashMap<>();
    private final Map<String, RunningBroker> running = new LinkedHashMap<>();

    Fleet(List<Broker> brokers) {
        brokers.forEach(broker -> this.brokers.put(broker.name(), broker));
    }

    List<String> names() {
        return List.copyOf(brokers.keySet());
    }

    /**
     * The broker of that name; starts it if it does not run.
     *
     * @param fresh true for one that has done nothing since it was started
     */
    synchronized Target target(String name, boolean fresh)
            throws CompareException, InterruptedException {
        RunningBroker now = running.get(name);
        if (now != null && (fresh || !now.alive())) {
            now.close();
            running.remove(name);
            now = null;
        }
        if (now == null) {
            Broker broker = brokers.get(name);
            if (broker == null) {
                throw new CompareException("no broker " + name);
            }
            now = RunningBroker.start(broker);
            running.put(name, now);
        }
        return Target.of(now);
    }

    synchronized boolean alive(String name) {
        RunningBroker broker = running.get(name);
        return broker != null && broker.alive();
    }

    /** CPU time used so far by all but that one, in µs. */
    synchronized long othersMicros(String name) throws CompareException {
        List<Long> pids = new ArrayList<>();
        running.forEach(
                (other, broker) -> {
                    if (!other.equals(name) && broker.alive()) {
                        pids.add(broker.pid());
                    }
                });
        try {
            return ProcessUsage.of(pids).cpuMicros();
        } catch (IOException e) {
            throw new CompareException("a broker that was idle has ended", e);
        }
    }

    /**
     * Waits until all but that one do nothing any more, such as tidying up, or for some seconds.
     */
    void awaitIdle(String name) throws CompareException, InterruptedException {
        long before = othersMicros(name);
        for (int i = 0; i < IDLE_LOOKS_MAX; i++) {
            TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MILLIS);
            long now = othersMicros(name);
            if (now - before < LOOK_EVERY_MILLIS * 1_000 * IDLE_CORES_MAX) {
                return;
            }
            before = now;
        }
    }

    @Override
    public synchronized void close() {
        running.values().forEach(RunningBroker::close);
        running.clear();
    }
}
