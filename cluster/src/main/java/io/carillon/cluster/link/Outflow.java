package io.carillon.cluster.link;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What goes to a peer, in its order: kept messages that wait, then what is in the {@link Outbox}.
 * On the links' loop.
 */
final class Outflow {
    private final Outbox outbox;
    private final Calls calls;
    private final LinkCounters counters;
    private final KeptBuffer kept = new KeptBuffer();

    Outflow(Outbox outbox, Calls calls, LinkCounters counters) {
        this.outbox = outbox;
        this.calls = calls;
        this.counters = counters;
    }

    /** A frame of what is there; null if nothing is. */
    @Nullable MessagesFrame nextFrame() {
        long first = kept.next();
        List<Outgoing> messages = new ArrayList<>();
        long bytes = 0;
        Outgoing next;
        while (bytes < LinkSettings.FRAME_BYTES && (next = next()) != null) {
            boolean overdue =
                    next instanceof Outgoing.Question question && !calls.sending(question.call());
            if (!overdue) {
                messages.add(next);
                bytes += next.costBytes();
            }
        }
        return messages.isEmpty() ? null : new MessagesFrame(first, messages);
    }

    /** Nothing can be sent now: of what is in the outbox only kept messages are of use. */
    void settle() {
        Outgoing next;
        while ((next = outbox.poll()) != null) {
            switch (next) {
                case Kept message -> kept.add(message);
                case Outgoing.Lossy _ -> counters.droppedLossy.increment();
                case Outgoing.Question question ->
                        calls.fail(question.call(), CallFailed.Reason.DOWN, "it is not connected");
            }
        }
    }

    /** Whether that can be what the peer has received and is done with. */
    boolean agrees(long peerReceived, long peerDone) {
        return kept.agrees(peerReceived, peerDone);
    }

    /**
     * The peer is done with all kept messages up to there.
     *
     * @throws FrameDamaged if they were not sent
     */
    void acknowledge(long upTo) throws FrameDamaged {
        outbox.freed(kept.acknowledge(upTo));
    }

    /**
     * Goes on where the peer was.
     *
     * @throws FrameDamaged if it cannot have been there
     */
    void resume(long peerReceived, long peerDone) throws FrameDamaged {
        acknowledge(peerDone);
        counters.resent.add(kept.resendAfter(peerReceived));
    }

    /** Takes all kept messages that the peer is not done with, and begins to count anew. */
    List<Kept> takeAll() {
        List<Kept> all = kept.takeAll();
        long bytes = 0;
        for (Kept each : all) {
            bytes += each.costBytes();
        }
        outbox.freed(bytes);
        counters.returned.add(all.size());
        return all;
    }

    private @Nullable Outgoing next() {
        Outgoing next = kept.poll();
        if (next == null) {
            next = outbox.poll();
            if (next instanceof Kept message) {
                kept.sending(message);
            }
        }
        return next;
    }
}
