package io.carillon.cluster.link;

import io.carillon.cluster.Incarnation;
import io.carillon.cluster.NodeId;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** Messages of one peer that came together, in their order. */
public final class Batch {
    private final Receiver receiver;
    private final List<Message> messages;
    private final long lastKept;
    private final int bytes;
    private final AtomicBoolean done = new AtomicBoolean();

    Batch(Receiver receiver, List<Message> messages, long lastKept, int bytes) {
        this.receiver = receiver;
        this.messages = messages;
        this.lastKept = lastKept;
        this.bytes = bytes;
    }

    public NodeId from() {
        return receiver.identity().node();
    }

    /** The start of the peer that it comes from. */
    public Incarnation incarnation() {
        return receiver.identity().incarnation();
    }

    public List<Message> messages() {
        return messages;
    }

    /**
     * Says that the messages are taken care of: the peer forgets the kept ones among them once all
     * earlier batches are done with, too, and may send more. Any thread; once is enough.
     */
    public void done() {
        if (done.compareAndSet(false, true)) {
            receiver.batchDone();
        }
    }

    boolean isDone() {
        return done.get();
    }

    /** The number of the last kept message that had come by then. */
    long lastKept() {
        return lastKept;
    }

    int bytes() {
        return bytes;
    }
}
