package io.carillon.shard;

import io.carillon.record.SessionRow;
import io.carillon.record.ShardRecord.SessionRemoved;
import java.util.HashMap;
import java.util.Map;

/**
 * Wills of connections that others have replaced, in a cluster: the node of each knows whether its
 * client had said goodbye before [MQTT-3.1.2-10], and that may be on its way. Who says nothing for
 * a while has not heard of one. Bounded by the connections of that while. On the shard's loop.
 */
final class Departures {
    private final ShardContext shard;
    private final Wills wills;

    /** By attachment. */
    private final Map<Long, SessionRow> waiting = new HashMap<>();

    Departures(ShardContext shard, Wills wills) {
        this.shard = shard;
        this.wills = wills;
    }

    /** Keeps a will, which is stored in a row of its own, until its connection has ended. */
    void await(SessionRow will) {
        waiting.put(will.attachment(), will);
        shard.after(shard.settings().reattachMillis(), () -> timedOut(will));
    }

    private void timedOut(SessionRow will) {
        if (!shard.journal().isOpen()) {
            await(will); // or it is for the next leader
        } else {
            ended(will.attachment(), false);
        }
    }

    /** The node of a connection says how it ended, or is gone. */
    void ended(long attachment, boolean dropWill) {
        SessionRow will = waiting.get(attachment);
        if (will == null) {
            return;
        }
        if (dropWill) {
            shard.journal().append(new SessionRemoved(will.session()));
        } else {
            wills.publish(will);
        }
        waiting.remove(attachment);
    }
}
