package io.carillon.node.cluster;

import io.carillon.loop.AnyThread;
import io.carillon.loop.Loop;
import io.carillon.mqtt.packet.ReasonCode;
import io.carillon.mqtt.packet.TopicFilter;
import io.carillon.shard.Publication;
import io.carillon.shard.Publisher;
import io.carillon.shard.Receipt;
import java.util.ArrayList;
import java.util.List;

/**
 * Publishes what shards have to say, wills among it, once it is known what all shards want: a node
 * may lead before it knows that, and the messages would pass sessions by. Until then they wait, in
 * their order.
 */
@AnyThread
final class LatePublisher implements Publisher {
    private static final int WAITING_MAX = 1_000_000;

    private final Loop loop;
    private final Publisher router;
    private final List<Runnable> waiting = new ArrayList<>();
    private volatile boolean open;

    LatePublisher(Loop loop, Publisher router) {
        this.loop = loop;
        this.router = router;
    }

    /** All is known. On the cluster loop. */
    void open() {
        loop.assertInside();
        if (!open) {
            waiting.forEach(Runnable::run);
            waiting.clear();
            open = true;
        }
    }

    @Override
    public void publish(Publication publication, Receipt receipt) {
        if (open) {
            router.publish(publication, receipt);
        } else {
            later(() -> router.publish(publication, receipt), receipt);
        }
    }

    @Override
    public void redispatch(
            Publication publication,
            TopicFilter sharedFilter,
            String leavingClientId,
            Receipt receipt) {
        if (open) {
            router.redispatch(publication, sharedFilter, leavingClientId, receipt);
        } else {
            later(
                    () -> router.redispatch(publication, sharedFilter, leavingClientId, receipt),
                    receipt);
        }
    }

    private void later(Runnable task, Receipt receipt) {
        loop.execute(
                () -> {
                    if (open) {
                        task.run();
                    } else if (waiting.size() < WAITING_MAX) {
                        waiting.add(task);
                    } else {
                        receipt.done(ReasonCode.IMPLEMENTATION_SPECIFIC_ERROR);
                    }
                });
    }
}
