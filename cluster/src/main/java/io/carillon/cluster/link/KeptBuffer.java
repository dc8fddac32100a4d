package io.carillon.cluster.link;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The kept messages of a link that its peer is not done with: first those that were sent, numbered
 * from 1 on for each start of the peer, then those that wait. On the links' loop; bounded by the
 * {@link Outbox}.
 */
final class KeptBuffer {
    private final ArrayDeque<Kept> sent = new ArrayDeque<>();
    private final ArrayDeque<Kept> waiting = new ArrayDeque<>();
    private long done;

    /** The number of the next message to be sent. */
    long next() {
        return done + sent.size() + 1;
    }

    void add(Kept message) {
        waiting.add(message);
    }

    /** Takes the next one to be sent, if one waits; it remains here until acknowledged. */
    @Nullable Kept poll() {
        Kept next = waiting.poll();
        if (next != null) {
            sent.add(next);
        }
        return next;
    }

    /** One that did not have to wait is sent. */
    void sending(Kept message) {
        sent.add(message);
    }

    /** Whether that can be what the peer has received and is done with. */
    boolean agrees(long peerReceived, long peerDone) {
        return done <= peerDone && peerDone <= peerReceived && peerReceived < next();
    }

    /**
     * The peer is done with all up to there; returns what they counted for, in bytes.
     *
     * @throws FrameDamaged if they were not sent
     */
    long acknowledge(long upTo) throws FrameDamaged {
        if (upTo >= next()) {
            throw new FrameDamaged(
                    "message " + upTo + " is acknowledged, the last one sent is " + (next() - 1));
        }
        long bytes = 0;
        while (done < upTo) {
            bytes += sent.remove().costBytes();
            done++;
        }
        return bytes;
    }

    /** What the peer did not receive waits again, before all else; returns how many. */
    int resendAfter(long peerReceived) {
        int count = 0;
        while (next() - 1 > peerReceived) {
            waiting.addFirst(sent.removeLast());
            count++;
        }
        return count;
    }

    /** Takes all, in their order, and begins to count anew. */
    List<Kept> takeAll() {
        List<Kept> all = new ArrayList<>(sent.size() + waiting.size());
        all.addAll(sent);
        all.addAll(waiting);
        sent.clear();
        waiting.clear();
        done = 0;
        return all;
    }
}
