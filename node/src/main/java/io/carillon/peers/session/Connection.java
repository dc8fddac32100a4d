package io.carillon.peers.session;

import io.carillon.loop.Loop;
import io.carillon.shard.AttachRequest;
import io.carillon.shard.Attached;
import io.carillon.shard.Outlet;
import org.jspecify.annotations.Nullable;

/**
 * A connection of this node that is a client's, or asks to be. It is known here as long as any
 * leader may have to hear of it. On the cluster loop.
 */
final class Connection {
    /** How a connection ended. */
    record Ending(boolean dropWill, long sessionExpirySeconds) {}

    private final AttachRequest request;
    private final long caller;
    private final int shard;
    private @Nullable Attached attached;

    /** Ends the asking for an answer to the attach. */
    Loop.@Nullable Timer patience;

    @Nullable Tie tie;

    /** Set once the connection has ended, and the leader does not know it yet. */
    @Nullable Ending ending;

    /** Whether the leader was told that the client takes no more. */
    boolean toldCongested;

    /** How often the connection has yet to answer that its leader has changed. */
    int changesUnanswered;

    /**
     * One that asks to be let in.
     *
     * @param caller what it is called, like no other connection of the cluster
     */
    Connection(AttachRequest request, long caller, int shard) {
        this.request = request;
        this.caller = caller;
        this.shard = shard;
    }

    AttachRequest request() {
        return request;
    }

    long caller() {
        return caller;
    }

    Outlet outlet() {
        return request.outlet();
    }

    int shard() {
        return shard;
    }

    boolean isAttached() {
        return attached != null;
    }

    void attached(Attached answer) {
        attached = answer;
        stopWaiting();
    }

    /** There is nothing more to wait for. */
    void stopWaiting() {
        Loop.Timer timer = patience;
        if (timer != null) {
            timer.cancel();
        }
    }

    long attachment() {
        return attached == null ? 0 : attached.attachment();
    }

    boolean isDurable() {
        return attached != null && attached.durable();
    }

    /** True if the shard has a row of it. */
    boolean isStored() {
        return isDurable() || request.will() != null;
    }
}
