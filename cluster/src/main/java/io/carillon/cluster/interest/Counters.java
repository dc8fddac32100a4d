package io.carillon.cluster.interest;

/** What has happened, counted. On the loop. */
final class Counters {
    long changesAnnounced;
    long changesApplied;
    long repairs;
    long rangesAsked;
    long stringsFetched;
    long bulkReads;
    long barriers;
    long barrierTimeouts;
    long leftBehind;
    long refusedMessages;
    long sharedMapFailures;
}
