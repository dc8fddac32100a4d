package io.carillon.shard;

import io.carillon.cluster.ShardId;
import io.carillon.cluster.replication.ReplicatedLog;
import io.carillon.loop.Loop;
import io.carillon.mqtt.packet.Packet;
import io.carillon.mqtt.packet.TopicFilter;
import io.carillon.record.ShardRecord;
import io.carillon.session.SubscribeCommand;
import io.carillon.storage.StoreView;
import io.carillon.topic.Targets;
import io.carillon.topic.TopicTrie;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * All shards of the node, as connections and the router reach them: each call is posted to the loop
 * of the shard that decides. Any thread may call; no call blocks.
 */
public final class Shards implements RetainedSource {
    private final ReplicatedLog<ShardRecord> log;
    private final Shard[] shards;
    private final List<Integer> all;
    private final ShardMetrics metrics;

    private Shards(ReplicatedLog<ShardRecord> log, int count, ShardMetrics metrics) {
        this.log = log;
        this.shards = new Shard[count];
        this.all = IntStream.range(0, count).boxed().toList();
        this.metrics = metrics;
    }

    /**
     * The shards of a node, none of them open yet.
     *
     * @param count how many there are; fixed for a data directory
     * @param loops the loops that they are spread over
     * @param firstLane the lane of the first shard in the trie; the others follow
     * @param views what the leader of each shard reads, with what it has appended; asked for on the
     *     shard's loop once it is open
     * @param announcements tells other nodes what is subscribed to in the trie
     * @param publisher the router; asked for after {@link #begin}
     * @param retained the retained messages of all shards, wherever they are led; null if this node
     *     leads all
     */
    public static Shards of(
            int count,
            List<? extends Loop> loops,
            int firstLane,
            ReplicatedLog<ShardRecord> log,
            IntFunction<StoreView> views,
            TopicTrie trie,
            Announcements announcements,
            Supplier<Publisher> publisher,
            @Nullable RetainedSource retained,
            InstantSource clock,
            ShardSettings settings,
            ShardMetrics metrics) {
        Shards shards = new Shards(log, count, metrics);
        for (int i = 0; i < count; i++) {
            shards.shards[i] =
                    new Shard(
                            new ShardSite(
                                    i,
                                    firstLane + i,
                                    loops.get(i % loops.size()),
                                    clock,
                                    log,
                                    views,
                                    trie,
                                    announcements,
                                    publisher,
                                    shards,
                                    retained == null ? shards : retained,
                                    settings,
                                    metrics));
        }
        return shards;
    }

    /** Opens all shards; completes once each is open, or with the cause why one can't be. */
    public CompletableFuture<Void> open() {
        return CompletableFuture.allOf(
                all.stream().map(this::open).toArray(CompletableFuture[]::new));
    }

    /**
     * Opens one shard: this node has a replica of it. It serves from when it leads.
     *
     * @return completes once it is open, or with the cause why it can't be
     */
    public CompletableFuture<Void> open(int number) {
        Shard shard = shards[number];
        return CompletableFuture.runAsync(
                () -> log.open(new ShardId(number), shard.loop(), shard), shard.loop());
    }

    private volatile boolean growth = true;

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

    /** A connection that another leader attached announces itself; see {@link ReattachRequest}. */
    public void reattach(ReattachRequest request) {
        Shard shard = of(request.clientId());
        shard.loop().execute(() -> shard.reattach(request));
    }

    /**
     * An attached connection has ended; to be called once.
     *
     * @param dropWill true after a normal DISCONNECT
     * @param sessionExpirySeconds what DISCONNECT set, or -1 to keep what CONNECT said
     */
    public void detach(
            String clientId, long attachment, boolean dropWill, long sessionExpirySeconds) {
        detach(clientId, attachment, dropWill, sessionExpirySeconds, null);
    }

    /**
     * An attached connection has ended; to be called until that is known to be durable.
     *
     * @param receipt told {@code USE_ANOTHER_SERVER} if it may not be, and the next leader has to
     *     hear of it
     */
    public void detach(
            String clientId,
            long attachment,
            boolean dropWill,
            long sessionExpirySeconds,
            @Nullable Receipt receipt) {
        Shard shard = of(clientId);
        shard.loop()
                .execute(
                        () ->
                                shard.detach(
                                        clientId,
                                        attachment,
                                        dropWill,
                                        sessionExpirySeconds,
                                        receipt));
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

    /**
     * Gives a publication to one shard, in the order of the calls of one thread.
     *
     * @param receipt told when it is stored, or {@link ReasonCode#USE_ANOTHER_SERVER} if it is not
     *     taken here and now; null if nobody waits
     */
    public void give(int number, Parcel parcel, @Nullable Receipt receipt) {
        Shard shard = shards[number];
        shard.loop().execute(() -> shard.take(parcel, receipt));
    }

    /** Runs the task on the loop of a shard, behind all that it was given before. */
    public void behind(int number, Runnable task) {
        shards[number].loop().execute(task);
    }

    /** Sets or clears the retained message of the publication's topic. */
    public void retain(Publication publication, @Nullable Receipt receipt) {
        Shard shard = of(publication.message().topic().name());
        shard.loop().execute(() -> shard.retain(publication, receipt));
    }

    /** {@inheritDoc} One shard, or all in turn. */
    @Override
    public RetainedQuery retained(TopicFilter filter) {
        if (filter.hasWildcard()) {
            return new RetainedQuery(filter, all, null);
        }
        return new RetainedQuery(filter, List.of(number(filter.pattern())), null);
    }

    /** {@inheritDoc} The sink is called on a shard's loop. */
    @Override
    public void read(RetainedQuery query, Consumer<RetainedPage> sink) {
        // Where nobody else can have it, other shards may have theirs.
        readLed(
                query,
                page ->
                        sink.accept(
                                page == null
                                        ? new RetainedPage(List.of(), query.next(null))
                                        : page));
    }

    /**
     * As {@link #read}, but null if the shard is not led here: another node may have the page.
     *
     * @param sink called once, on the shard's loop
     */
    public void readLed(RetainedQuery query, Consumer<@Nullable RetainedPage> sink) {
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
