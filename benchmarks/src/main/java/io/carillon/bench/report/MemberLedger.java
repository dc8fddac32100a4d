package io.carillon.bench.report;

import java.util.Arrays;

/**
 * The book of one member of a shared group. What reaches it must ascend; whether all came, and each
 * once, only the group knows: its first member tells that for all.
 */
public final class MemberLedger implements Ledger {
    private final GroupNumbering[] group;
    private final boolean speaks;

    /** The highest number that came from each publisher. */
    private final long[] last;

    private long reordered;

    private MemberLedger(GroupNumbering[] group, boolean speaks) {
        this.group = group;
        this.speaks = speaks;
        this.last = new long[group.length];
        Arrays.fill(last, -1);
    }

    /**
     * The first member of a new group.
     *
     * @param span see {@link GroupNumbering#GroupNumbering}
     */
    public static MemberLedger first(int publishers, int span) {
        GroupNumbering[] group = new GroupNumbering[publishers];
        Arrays.setAll(group, _ -> new GroupNumbering(span));
        return new MemberLedger(group, true);
    }

    /** One more member of this one's group, for the same thread. */
    public MemberLedger next() {
        return new MemberLedger(group, false);
    }

    @Override
    public void receive(int publisher, long number) {
        boolean fresh = group[publisher].receive(number);
        if (number > last[publisher]) {
            last[publisher] = number;
        } else if (fresh) {
            reordered++;
        }
    }

    @Override
    public int publishers() {
        return group.length;
    }

    @Override
    public long lost(int publisher, long sent) {
        return speaks ? group[publisher].lost(sent) : 0;
    }

    @Override
    public long doubled() {
        return speaks ? Arrays.stream(group).mapToLong(GroupNumbering::doubled).sum() : 0;
    }

    @Override
    public long reordered() {
        return reordered;
    }
}
