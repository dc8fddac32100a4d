package io.carillon.peers.session;

import io.carillon.mqtt.packet.ReasonCode;
import io.carillon.mqtt.packet.TopicFilter;
import io.carillon.record.Origin;
import io.carillon.shard.Parcel;
import io.carillon.shard.Publication;
import io.carillon.shard.Publisher;
import io.carillon.shard.Receipt;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A node's publications on their way to all shards: in order, and again in order to the next leader
 * of a shard, until each has answered. What is under way arrives when the test says so.
 */
final class TestDispatch implements Publisher {
    private static final long RETRY_MILLIS = 100;
    private static final AtomicLong STARTS = new AtomicLong();

    private final TestNode node;
    private final List<Replicas> replicas;
    private final List<Way> ways = new ArrayList<>();
    private final long sender = -1 - STARTS.getAndIncrement();
    private long lastNumber;

    /** What is on its way to one shard. */
    private static final class Way {
        private final List<Entry> unanswered = new ArrayList<>();
        private final Queue<Runnable> underWay = new ArrayDeque<>();
        private long round;
        private boolean held;
    }

    private static final class Entry {
        private final Publication publication;
        private final Receipt receipt;
        private final long number;
        private int shares;
        private ReasonCode outcome = ReasonCode.SUCCESS;

        Entry(Publication publication, Receipt receipt, long number, int shares) {
            this.publication = publication;
            this.receipt = receipt;
            this.number = number;
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
        Entry entry = new Entry(publication, receipt, ++lastNumber, replicas.size());
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
        throw new AssertionError("no shared subscription is in play: " + publication);
    }

    /** Another node leads the shard, or this one may find it now: all again. */
    void again(int shard) {
        Way way = ways.get(shard);
        way.held = false;
        way.round++;
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
                            was.attachment(),
                            origin == null
                                    ? null
                                    : new Origin(origin.session(), origin.number(), true)));
        }
    }

    private void send(int shard, Entry entry, Publication publication) {
        TestNode leader = node.leader(shard);
        Way way = ways.get(shard);
        if (leader != null && !way.held) {
            long round = way.round;
            long first = way.unanswered.getFirst().number;
            Parcel parcel =
                    new Parcel(
                            publication,
                            new Parcel.Purpose.Matching(),
                            new Parcel.Order(sender, entry.number, first));
            way.underWay.add(
                    () ->
                            leader.shardLoop.execute(
                                    () -> give(leader, shard, round, entry, parcel)));
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

    private void give(TestNode leader, int shard, long round, Entry entry, Parcel parcel) {
        if (leader.equals(replicas.get(shard).leader())) {
            leader.shards.give(shard, parcel, outcome -> answered(shard, round, entry, outcome));
        } else {
            answered(shard, round, entry, ReasonCode.USE_ANOTHER_SERVER);
        }
    }

    private void answered(int shard, long round, Entry entry, ReasonCode outcome) {
        Way way = ways.get(shard);
        if (outcome == ReasonCode.USE_ANOTHER_SERVER) {
            if (round == way.round && !way.held) {
                way.held = true;
                node.cluster.schedule(RETRY_MILLIS, () -> retry(shard, round));
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

    private void retry(int shard, long round) {
        if (round == ways.get(shard).round) {
            again(shard);
        }
    }

    int waiting() {
        return ways.stream().mapToInt(way -> way.unanswered.size()).sum();
    }
}
