package io.carillon.cluster.link;

/**
 * What a link has done since the start of this node, and how it stands.
 *
 * @param up whether messages reach the peer
 * @param bytesOut bytes of frames with messages and answers, before TLS and HTTP/2
 * @param framesOut frames with messages
 * @param bytesIn bytes of frames with messages
 * @param droppedLossy lossy messages that were never sent
 * @param refusedKept kept messages that were not taken, the buffer being full
 * @param resent kept messages that were sent again after a reconnect
 * @param returned kept messages that were handed back
 * @param connects how often the link came up
 * @param callsFailed calls without a result, whatever the reason
 * @param keptBytes kept messages that are not acknowledged
 * @param waitingBytes lossy messages and calls that are not written
 * @param callsOpen calls that wait for their answer
 */
public record LinkStats(
        boolean up,
        long bytesOut,
        long messagesOut,
        long framesOut,
        long bytesIn,
        long messagesIn,
        long droppedLossy,
        long refusedKept,
        long resent,
        long returned,
        long connects,
        long calls,
        long callsFailed,
        long keptBytes,
        long waitingBytes,
        int callsOpen) {}
