package io.carillon.cluster.ownership;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.carillon.cluster.Epoch;
import io.carillon.cluster.NodeId;
import io.carillon.cluster.ShardId;
import io.carillon.cluster.Voter;
import io.carillon.loop.ManualLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HeraldTest {
    private static final int NODES = 4;
    private static final int SHARDS = 8;
    private static final ShardId SHARD = new ShardId(0);
    private static final List<Voter> VOTERS = Cases.voters(0, 1, 2);

    private final ManualLoop loop = new ManualLoop("cluster");
    private final List<Leaders> leaders = new ArrayList<>();
    private final List<Herald> heralds = new ArrayList<>();

    /** Leaders change while words are lost and old ones come late; in the end all know the last. */
    @ParameterizedTest
    @MethodSource("io.carillon.cluster.ownership.Cases#seeds")
    void allComeToKnowTheSame(long seed) {
        RandomGenerator random = Cases.random(seed);
        LossyView view = new LossyView(loop, random);
        start(view);
        int[] terms = new int[SHARDS];
        int[] last = new int[SHARDS];
        for (int i = 0; i < 60; i++) {
            int shard = random.nextInt(SHARDS);
            int leader = random.nextInt(3);
            Epoch epoch = new Epoch(1, ++terms[shard]);
            last[shard] = leader;
            run(() -> leads(leader, shard, epoch));
            for (int node = 0; node < 3; node++) {
                if (node != leader && random.nextBoolean()) { // others learn of it later
                    follows(node, shard, epoch, random.nextBoolean() ? Cases.node(leader) : null);
                }
            }
            loop.advanceMillis(random.nextInt(2_000));
        }
        view.loseNothing();
        loop.advanceMillis(20_000);
        for (int shard = 0; shard < SHARDS; shard++) {
            for (Leaders each : leaders) {
                Ownership known = each.of(new ShardId(shard));
                assertEquals(terms[shard] == 0, known == null);
                if (known != null) {
                    assertEquals(terms[shard], known.epoch().term());
                    assertEquals(Cases.node(last[shard]), known.leader());
                    assertTrue(known.isFollowing(Cases.node((last[shard] + 1) % 3)));
                }
            }
        }
        assertEquals(0, loop.failures());
    }

    @Test
    void whoStopsToLeadInItsEpochSaysSo() {
        LossyView view = new LossyView(loop, Cases.random(1));
        view.loseNothing();
        start(view);
        Epoch epoch = new Epoch(1, 1);
        run(() -> leads(0, 0, epoch));
        loop.advanceMillis(10_000);
        assertEquals(Cases.node(0), leaders.get(3).leader(SHARD));
        follows(0, 0, epoch, null); // its disk failed, say
        assertNull(leaders.get(0).leader(SHARD));
        loop.advanceMillis(10_000);
        assertNull(leaders.get(3).leader(SHARD));
    }

    @Test
    void anotherClustersShardsAreNotLearned() {
        LossyView view = new LossyView(loop, Cases.random(1));
        view.loseNothing();
        start(view);
        view.put(Cases.led(SHARDS, 1, 0, 0, 1, 2));
        loop.advanceMillis(10_000);
        assertEquals(List.of(), leaders.getFirst().all());
        assertEquals(0, loop.failures());
    }

    private void start(OwnershipView view) {
        for (int i = 0; i < NODES; i++) {
            leaders.add(new Leaders(loop, SHARDS));
            heralds.add(new Herald(Cases.node(i), leaders.get(i), view, loop));
            run(heralds.get(i)::start);
        }
    }

    private void leads(int node, int shard, Epoch epoch) {
        List<NodeId> others =
                VOTERS.stream().map(Voter::node).filter(n -> !n.equals(Cases.node(node))).toList();
        heralds.get(node).leads(new ShardId(shard), epoch, VOTERS, others);
    }

    private void follows(int node, int shard, Epoch epoch, NodeId leader) {
        run(() -> heralds.get(node).follows(new ShardId(shard), epoch, leader, VOTERS));
    }

    private void run(Runnable task) {
        loop.execute(task);
        loop.runUntilIdle();
    }
}
