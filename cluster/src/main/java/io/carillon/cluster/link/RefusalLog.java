package io.carillon.cluster.link;

import io.carillon.cluster.link.Control.Reason;
import io.carillon.cluster.link.Control.Refusal;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says why nodes do not talk: each thing at once, and again every minute while it lasts. On the
 * links' loop, but for the count.
 */
final class RefusalLog {
    private static final Logger LOG = LoggerFactory.getLogger(RefusalLog.class);
    private static final long REPEAT_MILLIS = 60_000;
    private static final int TEXTS_MAX = 256;

    private final long beatMillis;
    private final Map<String, Long> saidAt = new HashMap<>();
    private long beats;
    private volatile long count;

    RefusalLog(long beatMillis) {
        this.beatMillis = beatMillis;
    }

    void beat() {
        beats++;
    }

    /** Refusals of either side so far. Any thread. */
    long count() {
        return count;
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one writer, the loop
    void tell(Refusal refusal, String remote, boolean byPeer) {
        String text = refusal.text();
        String way = byPeer ? "refuses this node" : "is refused";
        if (refusal.reason() == Reason.STALE) {
            LOG.debug("{} {}: {}", remote, way, text);
            return;
        }
        count++;
        Long last = saidAt.get(text);
        if (last == null || (beats - last) * beatMillis >= REPEAT_MILLIS) {
            if (saidAt.size() >= TEXTS_MAX) {
                saidAt.clear();
            }
            saidAt.put(text, beats);
            LOG.warn("{} {}: {}", remote, way, text);
        }
    }
}
