package io.carillon.delivery;

import io.carillon.shard.Publication;
import io.carillon.shard.Receipt;
import io.carillon.shard.Shards;
import io.carillon.topic.LaneTargets;
import io.carillon.topic.Target;
import io.carillon.topic.Targets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The ways of a node without others: it leads all shards. */
public final class LocalWays implements Ways {
    private final int firstShardLane;
    private final Shards shards;

    /**
     * @param firstShardLane the lane of the first shard; the others follow
     */
    public LocalWays(int firstShardLane, Shards shards) {
        this.firstShardLane = firstShardLane;
        this.shards = shards;
    }

    @Override
    public void retain(Publication publication, @Nullable PublishReceipt receipt) {
        shards.retain(publication, share(receipt));
    }

    @Override
    public void handOut(
            Publication publication,
            LaneTargets[] lanes,
            List<Target> members,
            @Nullable PublishReceipt receipt) {
        for (LaneTargets each : lanes) {
            if (each.lane() >= firstShardLane) {
                handOut(publication, each.lane(), each.targets(), receipt);
            }
        }
        for (Target member : members) {
            handOut(publication, member.subscriber().lane(), Targets.of(member), receipt);
        }
    }

    private void handOut(
            Publication publication, int lane, Targets targets, @Nullable PublishReceipt receipt) {
        shards.handOut(lane - firstShardLane, publication, targets, share(receipt));
    }

    private static @Nullable Receipt share(@Nullable PublishReceipt receipt) {
        return receipt == null ? null : receipt.share();
    }
}
