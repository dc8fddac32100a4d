package io.carillon.cluster.interest;

/**
 * What {@link Interest} holds and has done.
 *
 * @param announcedStrings strings wanted by owners that this node speaks for
 * @param knownStrings strings wanted by other owners
 * @param tableBytes heap for both, without the strings themselves
 * @param incompleteOwners other owners of which not all is known yet
 * @param waitingBarriers barriers that wait for peers
 * @param changesAnnounced changes of owners that this node speaks for
 * @param changesApplied changes that the listener was told
 * @param repairs times that an owner's strings were compared because something was missing
 * @param rangesAsked questions asked in these comparisons
 * @param stringsFetched strings that came as answers
 * @param bulkReads times that an owner was read from the shared map first
 * @param barriers barriers made; one serves all callers of a turn
 * @param barrierTimeouts barriers that ended by time
 * @param leftBehind times that a peer was sent no more changes since it had too many to apply
 * @param refusedMessages messages and pages that could not be understood or were out of place
 * @param sharedMapFailures reads and writes of the shared map that failed
 */
public record InterestStats(
        long announcedStrings,
        long knownStrings,
        long tableBytes,
        int incompleteOwners,
        int waitingBarriers,
        long changesAnnounced,
        long changesApplied,
        long repairs,
        long rangesAsked,
        long stringsFetched,
        long bulkReads,
        long barriers,
        long barrierTimeouts,
        long leftBehind,
        long refusedMessages,
        long sharedMapFailures) {}
