package io.carillon.bench.scenario;

import io.carillon.bench.client.Subscriber;
import io.carillon.bench.report.Numbering;
import io.carillon.bench.report.Report;
import java.util.List;

/** Lost, doubled and reordered messages, summed over subscribers. Any thread. */
final class Losses {
    private long lost;
    private long doubled;
    private long reordered;

    /** Adds what one subscriber saw of publishers that sent so many messages each. */
    synchronized void add(Subscriber subscriber, long[] sent) {
        List<Numbering> numberings = subscriber.numberings();
        for (int i = 0; i < numberings.size(); i++) {
            Numbering numbering = numberings.get(i);
            lost += numbering.lost(sent[subscriber.first() + i]);
            doubled += numbering.doubled();
            reordered += numbering.reordered();
        }
    }

    /** Messages that did not come, yet. */
    synchronized long lost() {
        return lost;
    }

    /**
     * Adds the sums. At QoS 0 a broker may drop messages; none of these runs reconnects, so every
     * other departure is a fault.
     */
    synchronized void report(Report report, int qos) {
        report.add("lost", "lost", lost)
                .add("doubled", "doubled", doubled)
                .add("reordered", "reordered", reordered);
        if (lost > 0 && qos > 0) {
            report.fault(lost + " messages were lost");
        }
        if (doubled > 0) {
            report.fault(doubled + " messages came twice");
        }
        if (reordered > 0) {
            report.fault(reordered + " messages came out of order");
        }
    }
}
