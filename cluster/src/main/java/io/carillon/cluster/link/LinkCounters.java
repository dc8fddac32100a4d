package io.carillon.cluster.link;

import java.util.concurrent.atomic.LongAdder;

/** What is counted for one peer, from the start of this node. Any thread. */
final class LinkCounters {
    final LongAdder bytesOut = new LongAdder();
    final LongAdder messagesOut = new LongAdder();
    final LongAdder framesOut = new LongAdder();
    final LongAdder bytesIn = new LongAdder();
    final LongAdder messagesIn = new LongAdder();
    final LongAdder droppedLossy = new LongAdder();
    final LongAdder refusedKept = new LongAdder();
    final LongAdder resent = new LongAdder();
    final LongAdder returned = new LongAdder();
    final LongAdder connects = new LongAdder();
    final LongAdder calls = new LongAdder();
    final LongAdder callsFailed = new LongAdder();

    LinkStats stats(boolean up, long keptBytes, long waitingBytes, int callsOpen) {
        return new LinkStats(
                up,
                bytesOut.sum(),
                messagesOut.sum(),
                framesOut.sum(),
                bytesIn.sum(),
                messagesIn.sum(),
                droppedLossy.sum(),
                refusedKept.sum(),
                resent.sum(),
                returned.sum(),
                connects.sum(),
                calls.sum(),
                callsFailed.sum(),
                keptBytes,
                waitingBytes,
                callsOpen);
    }
}
