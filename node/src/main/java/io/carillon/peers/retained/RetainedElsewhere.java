package io.carillon.peers.retained;

import io.carillon.cluster.NodeId;
import io.carillon.loop.AnyThread;
import io.carillon.loop.Loop;
import io.carillon.mqtt.packet.Topic;
import io.carillon.mqtt.packet.TopicFilter;
import io.carillon.peers.PeerMessage;
import io.carillon.peers.PeerMessage.AskRetained;
import io.carillon.peers.PeerMessage.RetainedRows;
import io.carillon.peers.Peers;
import io.carillon.peers.ShardLeaders;
import io.carillon.shard.RetainedPage;
import io.carillon.shard.RetainedQuery;
import io.carillon.shard.RetainedSource;
import io.carillon.shard.Shards;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks up retained messages at the leaders of their shards. Where none is known, or it does not
 * answer, the look-up waits some seconds and then goes on without that shard, which is logged.
 */
@AnyThread
public final class RetainedElsewhere implements RetainedSource {
    private static final Logger LOG = LoggerFactory.getLogger(RetainedElsewhere.class);
    private static final long ASK_MILLIS = 2_000;
    private static final long RETRY_MILLIS = 100;
    private static final int TRIES_MAX = 100;

    private final Loop loop;
    private final Supplier<Shards> shards;
    private final Peers peers;
    private final ShardLeaders leaders;

    /** A look-up that waits for its page. */
    private record Reading(RetainedQuery query, Consumer<RetainedPage> sink, int tries) {
        Reading again() {
            return new Reading(query, sink, tries + 1);
        }
    }

    /**
     * @param loop the cluster loop
     * @param shards of this node; asked for when there is something to read
     */
    public RetainedElsewhere(
            Loop loop, Supplier<Shards> shards, Peers peers, ShardLeaders leaders) {
        this.loop = loop;
        this.shards = shards;
        this.peers = peers;
        this.leaders = leaders;
    }

    @Override
    public RetainedQuery retained(TopicFilter filter) {
        return shards.get().retained(filter);
    }

    @Override
    public void read(RetainedQuery query, Consumer<RetainedPage> sink) {
        loop.execute(() -> read(new Reading(query, sink, 0)));
    }

    private void read(Reading reading) {
        RetainedQuery query = reading.query();
        NodeId leader = leaders.leader(query.shard());
        if (leader == null) {
            later(reading);
        } else if (leader.equals(peers.self())) {
            shards.get().readLed(query, page -> read(reading, page));
        } else {
            ask(leader, reading);
        }
    }

    /** A leadership may have moved since, and who has it now is heard of later. */
    private void read(Reading reading, @Nullable RetainedPage page) {
        if (page == null) {
            loop.execute(() -> later(reading));
        } else {
            reading.sink().accept(page);
        }
    }

    private void ask(NodeId leader, Reading reading) {
        List<Integer> asked = ledFirst(leader, reading.query().shards());
        Topic after = reading.query().after();
        AskRetained question =
                new AskRetained(
                        reading.query().filter().text(),
                        asked,
                        after == null ? null : after.name());
        peers.ask(leader, question, ASK_MILLIS)
                .whenComplete(
                        (answer, failure) ->
                                loop.execute(() -> answered(reading, asked, answer, failure)));
    }

    private void answered(
            Reading reading,
            List<Integer> asked,
            @Nullable PeerMessage answer,
            @Nullable Throwable failure) {
        if (!(answer instanceof RetainedRows(var rows, var left, String after))
                || left.size() == asked.size() && rows.isEmpty()) {
            LOG.debug("no page of retained messages of shard {}", asked.getFirst(), failure);
            later(reading);
            return;
        }
        RetainedQuery next =
                left.isEmpty()
                        ? null
                        : new RetainedQuery(
                                reading.query().filter(),
                                left,
                                after == null ? null : Topic.of(after));
        reading.sink().accept(new RetainedPage(rows, next));
    }

    private void later(Reading reading) {
        if (reading.tries() < TRIES_MAX) {
            loop.schedule(RETRY_MILLIS, () -> read(reading.again()));
            return;
        }
        RetainedQuery query = reading.query();
        LOG.warn(
                "retained messages of shard {} are missing for a subscription to {}: no node leads"
                        + " the shard",
                query.shard(),
                query.filter());
        reading.sink().accept(new RetainedPage(List.of(), query.next(null)));
    }

    /** The shards of that leader first, in their order, behind the one that is read now. */
    private List<Integer> ledFirst(NodeId leader, List<Integer> all) {
        List<Integer> ordered = new ArrayList<>(all.size());
        List<Integer> others = new ArrayList<>();
        for (int shard : all) {
            (leader.equals(leaders.leader(shard)) ? ordered : others).add(shard);
        }
        ordered.addAll(others);
        return ordered;
    }
}
