package io.carillon.bench.scenario;

import io.carillon.bench.client.Subscriber;
import io.carillon.bench.report.Ledger;
import io.carillon.bench.report.Report;

/** Lost, doubled and reordered messages, summed over subscribers. Any thread. */
final class Losses {
    private long lost;

    /** Those lost at QoS 1 and 2. */
    private long promised;

    private long doubled;
    private long reordered;

    /** Adds what one subscriber saw of publishers that sent so many messages each. */
    synchronized void add(Subscriber subscriber, long[] sent) {
        Ledger ledger = subscriber.ledger();
        long missing = 0;
        for (int i = 0; i < ledger.publishers(); i++) {
            missing += ledger.lost(i, sent[subscriber.first() + i]);
        }
        lost += missing;
        promised += subscriber.qos() > 0 ? missing : 0;
        doubled += ledger.doubled();
        reordered += ledger.reordered();
    }

    /** Messages that did not come, yet. */
    synchronized long lost() {
        return lost;
    }

    /**
     * Adds the sums. At QoS 0 a broker may drop messages; none of these runs reconnects, so every
     * other departure is a fault.
     */
    synchronized void report(Report report) {
        report.add("lost", "lost", lost)
                .add("doubled", "doubled", doubled)
                .add("reordered", "reordered", reordered);
        if (promised > 0) {
            report.fault(promised + " messages were lost");
        }
        if (doubled > 0) {
            report.fault(doubled + " messages came twice");
        }
        if (reordered > 0) {
            report.fault(reordered + " messages came out of order");
        }
    }
}
