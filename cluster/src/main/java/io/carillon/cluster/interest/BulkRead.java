package io.carillon.cluster.interest;

import io.carillon.cluster.NodeId;
import io.carillon.cluster.interest.MessageCodec.SharedPage;
import org.jspecify.annotations.Nullable;

/**
 * Reads an owner's pages from the shared map, where next to nothing is known of many strings: so a
 * node that joins takes them from all members instead of having every speaker's loop send them.
 * What is read may be old; the repair that follows compares it. On the loop.
 */
final class BulkRead {
    /** Fewer strings come from the speaker as quickly. */
    static final int STRINGS_MIN = 8_192;

    private static final int READS_MAX = 16;
    private static final int IDLE_TICKS_MAX = 5;

    private final Known known;
    private final Reign reign;
    private final NodeId speaker;
    private final Surroundings here;
    private int next;
    private int reading;
    private int idleTicks;
    private boolean cancelled;

    BulkRead(Known known, Reign reign, NodeId speaker, Surroundings here) {
        this.known = known;
        this.reign = reign;
        this.speaker = speaker;
        this.here = here;
    }

    void start() {
        while (reading < READS_MAX && next < SharedPages.PAGES) {
            SharedPages.PageKey key = new SharedPages.PageKey(reign.owner(), next);
            next++;
            reading++;
            here.pages()
                    .read(speaker, key)
                    .whenComplete(
                            (content, failure) ->
                                    here.loop().execute(() -> arrived(content, failure)));
        }
    }

    void cancel() {
        cancelled = true;
    }

    /** True if no page came for some ticks. */
    boolean isStuck() {
        idleTicks++;
        return idleTicks > IDLE_TICKS_MAX;
    }

    private void arrived(byte @Nullable [] content, @Nullable Throwable failure) {
        if (cancelled) {
            return;
        }
        reading--;
        idleTicks = 0;
        if (failure != null) {
            here.counters().sharedMapFailures++;
            known.repair();
            return;
        }
        if (content != null) {
            take(content);
        }
        start();
        if (reading == 0) {
            known.repair();
        }
    }

    private void take(byte[] content) {
        try {
            SharedPage page = MessageCodec.decodeSharedPage(content);
            if (page.reign().equals(reign)) {
                known.held().apply(page.wants());
            }
        } catch (MalformedMessage e) {
            here.counters().refusedMessages++; // the speaker has what stood there
        }
    }
}
