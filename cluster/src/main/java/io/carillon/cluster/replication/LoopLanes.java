package io.carillon.cluster.replication;

import io.carillon.loop.Loop;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** The lanes of the shards on one loop, which are told in one task what was committed. */
final class LoopLanes<R> {

    private record Commit<R>(Lane<R> lane, Lane.Progress upTo) {}

    private final Loop loop;
    private final List<Lane<R>> lanes = new CopyOnWriteArrayList<>();

    LoopLanes(Loop loop) {
        this.loop = loop;
    }

    Loop loop() {
        return loop;
    }

    void add(Lane<R> lane) {
        lanes.add(lane);
    }

    /**
     * The task that tells the machines, once it is durable, that what is written by now is
     * committed; null if all that was asked for before. On the committer.
     */
    @Nullable Runnable deliveryOfWritten() {
        List<Commit<R>> commits = new ArrayList<>(lanes.size());
        for (Lane<R> lane : lanes) {
            Lane.Progress written = lane.written();
            if (lane.offerToCommit(written)) {
                commits.add(new Commit<>(lane, written));
            }
        }
        return commits.isEmpty()
                ? null
                : () -> commits.forEach(commit -> commit.lane().commit(commit.upTo()));
    }

    /** Writes the open batches. On the loop. */
    void writeOpen() {
        for (Lane<R> lane : lanes) {
            try {
                lane.write();
            } catch (RuntimeException e) {
                return; // all are told
            }
        }
    }

    /** On the loop. */
    void stop(String reason) {
        lanes.forEach(lane -> lane.stop(reason));
    }
}
