package io.carillon.peers.session;

import io.carillon.mqtt.packet.ReasonCode;
import io.carillon.mqtt.packet.TopicFilter;
import io.carillon.record.Origin;
import io.carillon.shard.Publication;
import io.carillon.shard.Publisher;
import io.carillon.shard.Receipt;
import io.carillon.topic.LaneTargets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/**
 * A node's publications on their way to all shards: in order, and again in order to the next leader
 * of a shard, until each has answered. What is under way arrives when the test says so.
 */
final class TestDispatch implements Publisher {
    private final TestNode node;
    private final List<Replicas> replicas;
    private final List<List<Entry>> unanswered = new ArrayList<>();
    private final List<Queue<Runnable>> underWay = new ArrayList<>();

    private static final class Entry {
        private final Publication publication;
        private final Receipt receipt;
        private int shares;
        private ReasonCode outcome = ReasonCode.SUCCESS;

        Entry(Publication publication, Receipt receipt, int shares) {
            this.publication = publication;
            this.receipt = receipt;
            this.shares = shares;
        }
    }

    TestDispatch(TestNode node, List<Replicas> replicas) {
        this.node = node;
        this.replicas = replicas;
        for (int i = 0; i < replicas.size(); i++) {
            unanswered.add(new ArrayList<>());
            underWay.add(new ArrayDeque<>());
        }
    }

    @Override
    public void publish(Publication publication, Receipt receipt) {
        Entry entry = new Entry(publication, receipt, replicas.size());
        for (int shard = 0; shard < replicas.size(); shard++) {
            unanswered.get(shard).add(entry);
            send(shard, entry, publication);
        }
    }

    @Override
    public void redispatch(
            Publication publication,
            TopicFilter sharedFilter,
            String leavingClientId,
            Receipt receipt) {
        throw new UnsupportedOperationException("no shared subscriptions here");
    }

    /** Another node leads the shard. */
    void again(int shard) {
        for (Entry entry : List.copyOf(unanswered.get(shard))) {
            Publication was = entry.publication;
            Origin origin = was.origin();
            send(
                    shard,
                    entry,
                    new Publication(
                            was.message(),
                            was.qos(),
                            was.retain(),
                            was.publisherId(),
                            origin == null
                                    ? null
                                    : new Origin(origin.session(), origin.number(), true)));
        }
    }

    private void send(int shard, Entry entry, Publication publication) {
        TestNode leader = node.leader(shard);
        int reign = node.leaders.reign(shard);
        if (leader != null) {
            underWay.get(shard)
                    .add(
                            () ->
                                    leader.shardLoop.execute(
                                            () ->
                                                    handOut(
                                                            leader,
                                                            reign,
                                                            shard,
                                                            entry,
                                                            publication)));
        }
    }

    /** The oldest publication that is under way to a shard arrives; false if there is none. */
    boolean deliver(int shard) {
        Runnable oldest = underWay.get(shard).poll();
        if (oldest == null) {
            return false;
        }
        oldest.run();
        return true;
    }

    /** A leader takes what is meant for its own reign: else what comes behind could be first. */
    private void handOut(
            TestNode leader, int reign, int shard, Entry entry, Publication publication) {
        if (!leads(leader, reign, shard)) {
            return;
        }
        for (LaneTargets each : leader.trie.match(publication.message().topic()).lanes()) {
            if (each.lane() == 1 + shard) {
                leader.shards.handOut(
                        shard,
                        publication,
                        each.targets(),
                        outcome -> answered(shard, entry, outcome));
                return;
            }
        }
        // Behind what was handed out before: and only if it leads still.
        leader.shardLoop.execute(
                () -> {
                    if (leads(leader, reign, shard)) {
                        answered(shard, entry, ReasonCode.SUCCESS);
                    }
                });
    }

    private boolean leads(TestNode node, int reign, int shard) {
        return node.equals(replicas.get(shard).leader()) && replicas.get(shard).reign() == reign;
    }

    private void answered(int shard, Entry entry, ReasonCode outcome) {
        if (outcome == ReasonCode.USE_ANOTHER_SERVER || !unanswered.get(shard).remove(entry)) {
            return;
        }
        if (outcome.isError()) {
            entry.outcome = outcome;
        }
        if (--entry.shares == 0) {
            entry.receipt.done(entry.outcome);
        }
    }

    int waiting() {
        return unanswered.stream().mapToInt(List::size).sum();
    }
}
