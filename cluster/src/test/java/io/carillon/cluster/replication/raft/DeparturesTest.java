package io.carillon.cluster.replication.raft;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.carillon.cluster.NodeId;
import io.carillon.cluster.ShardId;
import io.carillon.loop.ManualClock;
import io.carillon.loop.ManualLoop;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeparturesTest {
    private static final NodeId PEER = new NodeId("b");

    private final ManualLoop loop = new ManualLoop("shard-0", new ManualClock(0));
    private final List<String> log = new ArrayList<>();
    private final Departures departures =
            new Departures(
                    new RaftTransport() {
                        @Override
                        public void send(NodeId to, ShardId shard, long generation, byte[] frame) {
                            log.add("shard " + shard.number());
                        }

                        @Override
                        public void flush() {
                            log.add("flush");
                        }
                    });

    private void send(int shard) {
        departures.send(PEER, new ShardId(shard), 1, new byte[0]);
        departures.soon(loop);
    }

    @Test
    void whatAllGroupsOfAnIdleLoopSayLeavesAtOnce() {
        loop.execute(
                () ->
                        loop.atTurnEnd(
                                () -> {
                                    send(1);
                                    send(2);
                                }));
        loop.runUntilIdle();
        assertEquals(List.of("shard 1", "shard 2", "flush"), log);
    }

    @Test
    void nothingWaitsForOtherTasks() {
        loop.execute(
                () -> {
                    send(1);
                    send(2);
                });
        loop.execute(() -> log.add("task"));
        loop.runUntilIdle();
        assertEquals(List.of("shard 1", "flush", "shard 2", "flush", "task"), log);
    }

    @Test
    void whatWaitsLeavesBeforeTheLoopWaitsForTheDisk() {
        loop.execute(
                () ->
                        loop.atTurnEnd(
                                () -> {
                                    send(1);
                                    departures.leave(loop);
                                    departures.leave(loop);
                                }));
        loop.runUntilIdle();
        assertEquals(List.of("shard 1", "flush"), log);
    }
}
