package io.carillon.net.lane;

import io.carillon.loop.AnyThread;
import io.carillon.shard.Lane;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.EventExecutor;
import java.util.ArrayList;
import java.util.List;

/** The lanes of all event loops; the place in the list is the lane's index. */
@AnyThread
public final class IoLanes {
    private final List<IoLane> lanes;

    public IoLanes(List<IoLane> lanes) {
        this.lanes = List.copyOf(lanes);
    }

    /**
     * The lanes of the loops that serve the connections.
     *
     * @param inboxBytesMax what may wait per loop until publishers pause
     */
    public static IoLanes of(EventLoopGroup group, long inboxBytesMax) {
        List<IoLane> lanes = new ArrayList<>();
        List<EventExecutor> loops = new ArrayList<>();
        group.forEach(loops::add);
        for (EventExecutor loop : loops) {
            LaneMemory memory = LaneMemory.ofProcess(loops.size());
            lanes.add(new IoLane(lanes.size(), (EventLoop) loop, inboxBytesMax, memory));
        }
        return new IoLanes(lanes);
    }

    /** As the router wants them. */
    public List<Lane> lanes() {
        return List.copyOf(lanes);
    }

    /** The sum over all loops. */
    public long count(NetCount count) {
        long sum = 0;
        for (IoLane lane : lanes) {
            sum += lane.counts().get(count);
        }
        return sum;
    }

    /** The lane of a loop of the group. */
    public IoLane of(EventLoop loop) {
        for (IoLane lane : lanes) {
            if (lane.loop().equals(loop)) {
                return lane;
            }
        }
        throw new IllegalArgumentException(loop + " serves no connections");
    }

    /** True while publishers should pause: some loop cannot follow. */
    public boolean congested() {
        for (IoLane lane : lanes) {
            if (lane.congested()) {
                return true;
            }
        }
        return false;
    }
}
