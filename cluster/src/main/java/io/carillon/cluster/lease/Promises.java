package io.carillon.cluster.lease;

import io.carillon.cluster.Incarnation;
import io.carillon.cluster.NodeId;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What this node has agreed to, with whom and until when: who it was promised to may rely on it for
 * as long. Bounded by the pairs of a node and a view that come up within one term. Times in
 * milliseconds of one clock; for one thread.
 */
final class Promises {
    private record Promise(NodeId to, Incarnation start, View view) {}

    /** When each was given last. */
    private final Map<Promise, Long> given = new LinkedHashMap<>();

    private final LeaseTerms terms;

    Promises(LeaseTerms terms) {
        this.terms = terms;
    }

    void add(NodeId to, Incarnation start, View view, long nowMillis) {
        given.put(new Promise(to, start, view), nowMillis);
    }

    /** Until when a promise to the node stands, by whichever start; 0 if there is none. */
    long untilMillis(NodeId to) {
        long last = 0;
        for (Map.Entry<Promise, Long> each : given.entrySet()) {
            if (each.getKey().to().equals(to)) {
                last = Math.max(last, each.getValue() + terms.millis());
            }
        }
        return last;
    }

    /**
     * True if the node can't be promised anything yet: somebody else, who is not of the view now,
     * relies on a view without that node, or might still answer subscribers without it.
     */
    boolean exclude(NodeId node, Incarnation start, View now, long nowMillis) {
        for (Map.Entry<Promise, Long> each : given.entrySet()) {
            Promise promise = each.getKey();
            boolean knew = promise.view().has(node, start);
            long term = knew ? terms.answerMillis() : terms.millis();
            if (!now.has(promise.to(), promise.start()) && nowMillis < each.getValue() + term) {
                return true;
            }
        }
        return false;
    }

    /** Earlier starts of the node have surely ended: a disk is open once. */
    void ended(NodeId node, Incarnation now) {
        given.keySet()
                .removeIf(
                        each ->
                                each.to().equals(node)
                                        && each.start().disk().equals(now.disk())
                                        && each.start().boot() < now.boot());
    }

    /** The node does not rely on anything any more. */
    void ended(NodeId node) {
        given.keySet().removeIf(each -> each.to().equals(node));
    }

    /** Forgets what stands no longer. */
    void pass(long nowMillis) {
        given.values().removeIf(at -> at + terms.millis() <= nowMillis);
    }
}
