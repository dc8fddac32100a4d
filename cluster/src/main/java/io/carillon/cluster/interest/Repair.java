package io.carillon.cluster.interest;

import io.carillon.cluster.NodeId;
import io.carillon.cluster.interest.Message.Answer;
import io.carillon.cluster.interest.Message.Ask;
import io.carillon.cluster.interest.Message.Page;
import io.carillon.cluster.interest.Message.Same;
import io.carillon.cluster.interest.Message.Split;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;

/**
 * Compares an owner's strings with its speaker, range by range: asks for all, then for those parts
 * that differ, a bounded number at a time and the finest first. On the loop.
 */
final class Repair {
    private static final int ASKED_MAX = 16;
    private static final int IDLE_TICKS_MAX = 3;

    private final Known known;
    private final Reign reign;
    private final NodeId speaker;
    private final Surroundings here;

    /** Ranges that differ; those of one split, at most 1,024, for each level under way. */
    private final ArrayDeque<Range> toAsk = new ArrayDeque<>();

    private final Map<Long, Range> asked = new HashMap<>();
    private int idleTicks;

    Repair(Known known, Reign reign, NodeId speaker, Surroundings here) {
        this.known = known;
        this.reign = reign;
        this.speaker = speaker;
        this.here = here;
    }

    void start() {
        toAsk.add(Range.ALL);
        ask();
    }

    boolean isExpecting(long id) {
        return asked.containsKey(id);
    }

    /** The answer came for what was before changes that are applied by now. */
    void askAgain(long id) {
        Range range = asked.remove(id);
        if (range != null) {
            toAsk.addFirst(range);
        }
        ask();
    }

    /** An expected answer, as of the version that is known. */
    void answered(Answer answer) {
        Range range = asked.remove(answer.id());
        if (range == null) {
            return;
        }
        idleTicks = 0;
        switch (answer) {
            case Same _ -> {}
            case Page page -> {
                here.counters().stringsFetched += page.wants().size();
                known.held().replace(range, page.wants());
            }
            case Split split -> compare(range, split);
        }
        ask();
        if (asked.isEmpty() && toAsk.isEmpty()) {
            known.completed();
        }
    }

    /** True if no answer came for some ticks. */
    boolean isStuck() {
        idleTicks++;
        if (asked.isEmpty()) {
            ask(); // there was no room before
        }
        return idleTicks > IDLE_TICKS_MAX;
    }

    private void compare(Range range, Split split) {
        if (split.moreBits() < 1
                || range.bits() + split.moreBits() > Range.BITS_MAX
                || split.parts().size() != 1 << split.moreBits()) {
            throw new MalformedMessage(
                    split.parts().size() + " parts by " + split.moreBits() + " bits");
        }
        if (range.bits() == 0) {
            known.held().reserve(split.parts().stream().mapToLong(Digest::count).sum());
        }
        Digest[] own = known.held().table().digests(range, split.moreBits());
        for (int i = 0; i < own.length; i++) {
            if (!split.parts().get(i).equals(own[i])) {
                toAsk.addFirst(range.part(i, split.moreBits()));
            }
        }
    }

    private void ask() {
        while (asked.size() < ASKED_MAX && !toAsk.isEmpty()) {
            Range range = toAsk.peek();
            long id = here.counters().rangesAsked + 1; // unlike any other on this node
            Ask ask = new Ask(reign, id, range, known.held().table().digest(range));
            if (!here.send(speaker, ask)) {
                return;
            }
            here.counters().rangesAsked = id;
            toAsk.remove();
            asked.put(id, range);
        }
    }
}
