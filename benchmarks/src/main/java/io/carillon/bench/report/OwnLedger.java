package io.carillon.bench.report;

import java.util.Arrays;

/** The book of a subscriber that is to get every message of its publishers. */
public final class OwnLedger implements Ledger {
    private final Numbering[] numberings;

    public OwnLedger(int publishers) {
        numberings = new Numbering[publishers];
        Arrays.setAll(numberings, _ -> new Numbering());
    }

    @Override
    public void receive(int publisher, long number) {
        numberings[publisher].receive(number);
    }

    @Override
    public int publishers() {
        return numberings.length;
    }

    @Override
    public long lost(int publisher, long sent) {
        return numberings[publisher].lost(sent);
    }

    @Override
    public long doubled() {
        return Arrays.stream(numberings).mapToLong(Numbering::doubled).sum();
    }

    @Override
    public long reordered() {
        return Arrays.stream(numberings).mapToLong(Numbering::reordered).sum();
    }
}
