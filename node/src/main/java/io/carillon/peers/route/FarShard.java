package io.carillon.peers.route;

import io.carillon.topic.Lanes;
import io.carillon.topic.StandIn;

/** The durable subscribers of a shard that another node leads. */
public final class FarShard extends StandIn {
    private final int shard;

    FarShard(Lanes lanes, int shard) {
        super(lanes.farLane(shard), "shard " + shard);
        this.shard = shard;
    }

    public int shard() {
        return shard;
    }
}
