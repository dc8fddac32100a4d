package io.carillon.peers.session;

import io.carillon.mqtt.packet.ReasonCode;
import io.carillon.mqtt.packet.TopicFilter;
import io.carillon.record.Origin;
import io.carillon.shard.Passage;
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
    private static final long RETRY_MILLIS = 100;

    private final TestNode node;
    private final List<Replicas> replicas;
    private final List<Way> ways = new ArrayList<>();

    /** What is on its way to one shard. */
    private static final class Way {
        private final List<Entry> unanswered = new ArrayList<>();
        private final Queue<Runnable> underWay = new ArrayDeque<>();
        private Passage passage = new Passage();
        private boolean held;
    }

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
        replicas.forEach(_ -> ways.add(new Way()));
    }

    @Override
    public void publish(Publication publication, Receipt receipt) {
        Entry entry = new Entry(publication, receipt, replicas.size());
        for (int shard = 0; shard < replicas.size(); shard++) {
            ways.get(shard).unanswered.add(entry);
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

    /** Another node leads the shard, or this one may find it now: all again. */
    void again(int shard) {
        Way way = ways.get(shard);
        way.held = false;
        way.passage = new Passage();
        for (Entry entry : List.copyOf(way.unanswered)) {
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
        Way way = ways.get(shard);
        Passage passage = way.passage;
        if (leader != null && !way.held) {
            way.underWay.add(
                    () ->
                            leader.shardLoop.execute(
                                    () -> handOut(leader, shard, passage, entry, publication)));
        }
    }

    /** The oldest publication that is under way to a shard arrives; false if there is none. */
    boolean deliver(int shard) {
        Runnable oldest = ways.get(shard).underWay.poll();
        if (oldest == null) {
            return false;
        }
        oldest.run();
        return true;
    }

    private void handOut(
            TestNode leader, int shard, Passage passage, Entry entry, Publication publication) {
        if (passage.isBroken() || !leader.equals(replicas.get(shard).leader())) {
            passage.breakOff();
            answered(shard, passage, entry, ReasonCode.USE_ANOTHER_SERVER);
            return;
        }
        for (LaneTargets each : leader.trie.match(publication.message().topic()).lanes()) {
            if (each.lane() == 1 + shard) {
                leader.shards.handOut(
                        shard,
                        publication,
                        each.targets(),
                        passage,
                        outcome -> answered(shard, passage, entry, outcome));
                return;
            }
        }
        answered(shard, passage, entry, ReasonCode.SUCCESS);
    }

    private void answered(int shard, Passage passage, Entry entry, ReasonCode outcome) {
        Way way = ways.get(shard);
        if (outcome == ReasonCode.USE_ANOTHER_SERVER) {
            if (passage.equals(way.passage) && !way.held) {
                way.held = true;
                node.cluster.schedule(RETRY_MILLIS, () -> retry(shard, passage));
            }
        } else if (way.unanswered.remove(entry)) {
            if (outcome.isError()) {
                entry.outcome = outcome;
            }
            if (--entry.shares == 0) {
                entry.receipt.done(entry.outcome);
            }
        }
    }

    private void retry(int shard, Passage passage) {
        if (passage.equals(ways.get(shard).passage)) {
            again(shard);
        }
    }

    int waiting() {
        return ways.stream().mapToInt(way -> way.unanswered.size()).sum();
    }
}
