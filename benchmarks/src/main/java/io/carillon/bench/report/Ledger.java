package io.carillon.bench.report;

/**
 * The book of one subscriber: the numbers of what it received, and what they tell. One thread.
 * Publishers are named by their place among those that it hears, from 0.
 */
public sealed interface Ledger permits OwnLedger, MemberLedger {
    /** Takes the next message as it arrives. */
    void receive(int publisher, long number);

    /** How many publishers it hears. */
    int publishers();

    /** Of the first {@code sent} messages of a publisher, those that never came. */
    long lost(int publisher, long sent);

    /** Messages that had come before. */
    long doubled();

    /** Messages that came after one of the same publisher with a higher number. */
    long reordered();
}
