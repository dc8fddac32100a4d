package io.carillon.topic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LanesTest {
    private final Lanes lanes = new Lanes(2, 3);

    @Test
    void eachLaneStandsForOneThing() {
        Set<Integer> all = new HashSet<>(Set.of(0, 1));
        for (int shard = 0; shard < 3; shard++) {
            int own = lanes.shardLane(shard);
            int far = lanes.farLane(shard);
            assertEquals(Lanes.Kind.SHARD, lanes.kind(own));
            assertEquals(Lanes.Kind.FAR_SHARD, lanes.kind(far));
            assertEquals(shard, lanes.shardOf(own));
            assertEquals(shard, lanes.shardOf(far));
            assertTrue(all.add(own) && all.add(far));
        }
        for (int peer = 0; peer < 100; peer++) {
            assertEquals(Lanes.Kind.PEER, lanes.kind(lanes.peerLane(peer)));
            assertTrue(all.add(lanes.peerLane(peer)));
        }
        assertEquals(Lanes.Kind.EVENT_LOOP, lanes.kind(1));
        assertThrows(IllegalArgumentException.class, () -> lanes.shardOf(1));
        assertThrows(IllegalArgumentException.class, () -> lanes.shardOf(lanes.peerLane(0)));
    }

    @Test
    void eventLoopsAreOnePartyAndEachShardIsOne() {
        assertEquals(4, lanes.parties());
        assertEquals(Lanes.TRANSIENTS, lanes.partyOfLane(0));
        assertEquals(Lanes.TRANSIENTS, lanes.partyOfLane(1));
        assertEquals(Lanes.partyOf(2), lanes.partyOfLane(lanes.shardLane(2)));
        assertTrue(lanes.partyOfLane(lanes.farLane(2)) < 0);
        assertTrue(lanes.partyOfLane(lanes.peerLane(2)) < 0);
    }
}
