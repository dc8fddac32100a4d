package io.carillon.node.cluster;

import io.carillon.cluster.NodeId;
import io.carillon.cluster.link.Delivery;
import io.carillon.cluster.ownership.Herald;
import io.carillon.cluster.ownership.Leaders;
import io.carillon.cluster.ownership.OwnershipBytes;
import io.carillon.loop.Loop;
import java.nio.ByteBuffer;

/** Who leads which shard: what this node hears of it and says of its own. On the cluster loop. */
record Leaderships(Leaders leaders, LeaderBook book, OwnershipMap said, Herald herald) {

    static Leaderships of(NodeId self, int shards, Loop loop, Post post) {
        Leaders leaders = new Leaders(loop, shards);
        OwnershipMap said =
                new OwnershipMap(
                        loop,
                        each ->
                                post.tellAll(
                                        Delivery.KEPT, Kind.LEADERS, OwnershipBytes.encode(each)));
        return new Leaderships(
                leaders,
                new LeaderBook(leaders, shards),
                said,
                new Herald(self, leaders, said, loop));
    }

    void at(Switchboard switchboard) {
        switchboard.onUp(_ -> said.repeat());
        switchboard.on(Kind.LEADERS, (_, body) -> hear(body));
    }

    private void hear(ByteBuffer body) {
        said.heard(OwnershipBytes.decode(Switchboard.copy(body)));
    }
}
