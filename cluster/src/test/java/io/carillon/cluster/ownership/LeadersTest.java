package io.carillon.cluster.ownership;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.carillon.cluster.Epoch;
import io.carillon.cluster.NodeId;
import io.carillon.cluster.ShardId;
import io.carillon.cluster.Voter;
import io.carillon.loop.ManualLoop;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LeadersTest {
    private static final ShardId SHARD = new ShardId(1);
    private static final NodeId A = Cases.node(0);

    private final ManualLoop loop = new ManualLoop("cluster");
    private final Leaders leaders = new Leaders(loop, 4);
    private final List<Ownership> told = new ArrayList<>();

    @Test
    void aNewerEpochWins() {
        assertNull(leaders.leader(SHARD));
        learn(Cases.led(1, 2, 0, 0, 1, 2));
        learn(Cases.led(1, 1, 1, 0, 1, 2));
        assertEquals(A, leaders.leader(SHARD));
        learn(Cases.led(1, new Epoch(2, 1), Cases.node(2), Cases.voters(0, 1, 2)));
        assertEquals(Cases.node(2), leaders.leader(SHARD));
        assertEquals(1, leaders.all().size());
    }

    @Test
    void withinAnEpochTheLeaderKnowsBest() {
        Epoch epoch = new Epoch(1, 5);
        List<Voter> voters = Cases.voters(0, 1, 2);
        learn(Ownership.leaderless(SHARD, epoch, voters));
        learn(Ownership.heard(SHARD, epoch, A, voters));
        assertEquals(A, leaders.leader(SHARD));
        learn(Cases.led(1, epoch, A, voters));
        learn(Ownership.heard(SHARD, epoch, A, voters));
        assertTrue(leaders.of(SHARD).isFollowing(Cases.node(1)));
        assertFalse(leaders.of(SHARD).isFollowing(A));
    }

    @Test
    void aLostNodeLeadsAgainWhenItSpeaksUp() {
        Ownership said = Cases.led(1, 1, 0, 0, 1, 2);
        learn(said);
        loop.execute(() -> leaders.lost(A));
        loop.runUntilIdle();
        assertNull(leaders.leader(SHARD));
        learn(said); // an old word that comes again
        assertNull(leaders.leader(SHARD));
        learn(
                new Ownership(
                        SHARD, said.epoch(), said.revision() + 1, A, said.voters(), said.inSync()));
        assertEquals(A, leaders.leader(SHARD));
    }

    @Test
    void listenersHearWhatIsNew() {
        leaders.listen(told::add);
        Ownership first = Cases.led(1, 1, 0, 0, 1, 2);
        Ownership second = Cases.led(1, 2, 1, 0, 1, 2);
        learn(first);
        learn(first);
        learn(second);
        learn(first);
        assertEquals(List.of(first, second), told);
    }

    @Test
    void refusesShardsThatAreNotThere() {
        loop.execute(
                () -> {
                    Ownership other = Cases.led(4, 1, 0, 0);
                    assertThrows(IllegalArgumentException.class, () -> leaders.learn(other));
                });
        loop.runUntilIdle();
        assertEquals(0, loop.failures());
        assertThrows(IllegalStateException.class, () -> leaders.learn(Cases.led(1, 1, 0, 0)));
    }

    /** Whatever comes late, twice or out of order: in the end all know the same. */
    @ParameterizedTest
    @MethodSource("io.carillon.cluster.ownership.Cases#seeds")
    void theOrderOfHearingDoesNotMatter(long seed) {
        List<Ownership> said = new ArrayList<>();
        for (int term = 1; term <= 10; term++) {
            said.add(Cases.led(term % 4, term, term % 3, 0, 1, 2));
        }
        said.addAll(List.copyOf(said)); // twice
        said.forEach(this::learn);
        List<Ownership> inOrder = leaders.all();
        Leaders other = new Leaders(loop, 4);
        Collections.shuffle(said, new Random(seed));
        loop.execute(() -> said.forEach(other::learn));
        loop.runUntilIdle();
        assertEquals(inOrder, other.all());
    }

    private void learn(Ownership heard) {
        loop.execute(() -> leaders.learn(heard));
        loop.runUntilIdle();
        assertEquals(0, loop.failures());
    }
}
