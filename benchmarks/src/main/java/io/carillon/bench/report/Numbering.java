package io.carillon.bench.report;

import java.util.Map;
import java.util.TreeMap;

/**
 * The numbers 0, 1, 2… of one publisher's messages as one subscriber receives them: tells which
 * were lost, doubled or out of order. One thread.
 */
public final class Numbering {
    /**
     * Gaps remembered; beyond it the oldest stays lost, and a late message of it counts as doubled.
     */
    static final int GAPS_MAX = 1_024;

    private long next;
    private long received;
    private long doubled;
    private long reordered;
    private long missing;

    /** First number of each gap, and the one after its last. */
    private final TreeMap<Long, Long> gaps = new TreeMap<>();

    /** Takes the next message as it arrives. */
    public void receive(long number) {
        received++;
        if (number == next) {
            next++;
        } else if (number > next) {
            open(next, number);
            next = number + 1;
        } else if (close(number)) {
            reordered++;
        } else {
            doubled++;
        }
    }

    /** Messages that came, the doubled ones included. */
    public long received() {
        return received;
    }

    /** Messages that had come before. */
    public long doubled() {
        return doubled;
    }

    /** Messages that came after one with a higher number. */
    public long reordered() {
        return reordered;
    }

    /** Of the first {@code sent} numbers, those that never came. */
    public long lost(long sent) {
        return missing + Math.max(0, sent - next);
    }

    private void open(long from, long to) {
        missing += to - from;
        gaps.put(from, to);
        if (gaps.size() > GAPS_MAX) {
            gaps.pollFirstEntry();
        }
    }

    private boolean close(long number) {
        Map.Entry<Long, Long> gap = gaps.floorEntry(number);
        if (gap == null || number >= gap.getValue()) {
            return false;
        }
        long from = gap.getKey();
        long to = gap.getValue();
        gaps.remove(from);
        if (from < number) {
            gaps.put(from, number);
        }
        if (number + 1 < to) {
            gaps.put(number + 1, to);
        }
        missing--;
        return true;
    }
}
