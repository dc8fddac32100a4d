package io.carillon.delivery;

import io.carillon.shard.Publication;
import io.carillon.topic.LaneTargets;
import io.carillon.topic.Target;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The ways of publications to whatever is not at an event loop of this node: shards, and other
 * nodes. Any thread; never blocks.
 */
public interface Ways {
    /**
     * Gives a publication to the shard that retains messages of its topic. Opens a share of the
     * receipt.
     */
    void retain(Publication publication, @Nullable PublishReceipt receipt);

    /**
     * Hands a publication out to subscribers, in the order of the calls of one thread. Opens shares
     * of the receipt before it returns, and is done with each once its part is stored.
     *
     * @param lanes all lanes of the match; those of event loops are not its business
     * @param members the picked members of shared subscriptions that are not at an event loop
     */
    void handOut(
            Publication publication,
            LaneTargets[] lanes,
            List<Target> members,
            @Nullable PublishReceipt receipt);
}
