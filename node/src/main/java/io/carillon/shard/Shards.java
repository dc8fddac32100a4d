package io.carillon.shard;

import io.carillon.cluster.ShardId;
import io.carillon.cluster.replication.ReplicatedLog;
import io.carillon.loop.Loop;
import io.carillon.mqtt.packet.Packet;
import io.carillon.mqtt.packet.TopicFilter;
import io.carillon.record.ShardRecord;
import io.carillon.session.SubscribeCommand;
import io.carillon.storage.Store;
import io.carillon.topic.Targets;
import io.carillon.topic.TopicTrie;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * All shards of the node, as connections and the router reach them: each call is posted to the loop
 * of the shard that decides. Any thread may call; no call blocks.
 */
public final class Shards {
    private final ReplicatedLog<ShardRecord> log;
    private final Shard[] shards;
    private final ShardMetrics metrics;

    private Shards(ReplicatedLog<ShardRecord> log, int count, ShardMetrics metrics) {
        this.log = log;
        this.shards = new Shard[count];
        this.metrics = metrics;
    }

    /**
     * Opens the shards of a node and waits until each leads.
     *
     * @param count how many there are; fixed for a data directory
     * @param loops the loops that they are spread over
     * @param firstLane the lane of the first shard in the trie; the others follow
     * @param publisher the router; asked for after {@link #begin}
     */
    public static Shards open(
            int count,
            List<? extends Loop> loops,
            int firstLane,
            ReplicatedLog<ShardRecord> log,
            Store store,
            TopicTrie trie,
            Supplier<Publisher> publisher,
            InstantSource clock,
            ShardSettings settings,
            ShardMetrics metrics) {
        Shards shards = new Shards(log, count, metrics);
        List<CompletableFuture<Void>> opened = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int number = i;
            Loop loop = loops.get(i % loops.size());
            CompletableFuture<Void> done = new CompletableFuture<>();
            loop.execute(
                    () -> {
                        try {
                            Shard shard =
                                    new Shard(
                                            new ShardSite(
                                                    number,
                                                    firstLane + number,
                                                    loop,
                                                    clock,
                                                    log,
                                                    store,
                                                    trie,
                                                    publisher,
                                                    shards,
                                                    settings,
                                                    metrics));
                            shards.shards[number] = shard;
                            log.open(new ShardId(number), loop, shard);
                            done.complete(null);
                        } catch (RuntimeException e) {
                            done.completeExceptionally(e);
                        }
                    });
            opened.add(done);
        }
        shards.opening = CompletableFuture.allOf(opened.toArray(CompletableFuture[]::new));
        return shards;
    }

    private volatile boolean growth = true;

    private CompletableFuture<Void> opening = CompletableFuture.completedFuture(null);

    /**
     * Whether queues and retained messages may grow: not while the disk is nearly full. Whatever
     * makes them smaller goes on.
     */
    public void allowGrowth(boolean allowed) {
        growth = allowed;
    }

    boolean mayGrow() {
        return growth;
    }

    /** Completes once every shard has been opened, or with the cause why one can't be. */
    public CompletableFuture<Void> opened() {
        return opening;
    }

    /** Starts wills and expiries; to be called once, when all is open and the router is there. */
    public void begin() {
        for (Shard shard : shards) {
            shard.loop().execute(shard::begin);
        }
    }

    /** How many shards there are. */
    public int count() {
        return shards.length;
    }

    public ShardMetrics metrics() {
        return metrics;
    }

    /** A connection asks to be its client's; its outlet is told. */
    public void attach(AttachRequest request) {
        Shard shard = of(request.clientId());
        shard.loop().execute(() -> shard.attach(request));
    }

    /**
     * An attached connection has ended; to be called once.
     *
     * @param dropWill true after a normal DISCONNECT
     * @param sessionExpirySeconds what DISCONNECT set, or -1 to keep what CONNECT said
     */
    public void detach(
            String clientId, long attachment, boolean dropWill, long sessionExpirySeconds) {
        Shard shard = of(clientId);
        shard.loop()
                .execute(() -> shard.detach(clientId, attachment, dropWill, sessionExpirySeconds));
    }

    /** SUBSCRIBE of a durable session; SUBACK comes through the outlet. */
    public void subscribe(String clientId, long attachment, SubscribeCommand command) {
        Shard shard = of(clientId);
        shard.loop().execute(() -> shard.subscribe(clientId, attachment, command));
    }

    /** UNSUBSCRIBE, acknowledgements and QoS 2 PUBLISHes of a durable session, in their order. */
    public void packets(String clientId, long attachment, List<Packet> packets) {
        Shard shard = of(clientId);
        shard.loop().execute(() -> shard.packets(clientId, attachment, packets));
    }

    /** The connection of a durable session takes packets again. */
    public void drained(String clientId, long attachment) {
        Shard shard = of(clientId);
        shard.loop().execute(() -> shard.drained(clientId, attachment));
    }

    /**
     * Hands a publication to durable sessions of one shard, in the order of the calls of one
     * thread.
     *
     * @param targets who gets it
     * @param receipt told when it is stored, or null if nobody waits
     */
    public void handOut(
            int number, Publication publication, Targets targets, @Nullable Receipt receipt) {
        Shard shard = shards[number];
        shard.loop().execute(() -> shard.handOut(publication, targets, receipt));
    }

    /** Sets or clears the retained message of the publication's topic. */
    public void retain(Publication publication, @Nullable Receipt receipt) {
        Shard shard = of(publication.message().topic().name());
        shard.loop().execute(() -> shard.retain(publication, receipt));
    }

    /** The look-up of all retained messages that match a filter: one shard, or all in turn. */
    public RetainedQuery retained(TopicFilter filter) {
        if (filter.hasWildcard()) {
            return new RetainedQuery(filter, 0, shards.length - 1, null);
        }
        int number = number(filter.pattern());
        return new RetainedQuery(filter, number, number, null);
    }

    /** Reads one page; the sink is called on a shard's loop. */
    public void read(RetainedQuery query, Consumer<RetainedPage> sink) {
        Shard shard = shards[query.shard()];
        shard.loop().execute(() -> sink.accept(shard.read(query)));
    }

    /**
     * True while so much waits to become durable that publishers of durable traffic should pause.
     */
    public boolean congested() {
        return log.congested();
    }

    private Shard of(String key) {
        return shards[number(key)];
    }

    /** The shard of a client id or a topic: fixed for ever, since data on disk follows it. */
    public int number(String key) {
        int hash = key.hashCode() * 0x9E3779B9;
        return Math.floorMod(hash ^ hash >>> 16, shards.length);
    }
}
