package io.carillon.peers.retained;

import io.carillon.loop.Loop;
import io.carillon.mqtt.packet.Topic;
import io.carillon.mqtt.packet.TopicFilter;
import io.carillon.peers.PeerMessage.AskRetained;
import io.carillon.peers.PeerMessage.RetainedRows;
import io.carillon.peers.Peers;
import io.carillon.peers.ShardLeaders;
import io.carillon.record.RetainedRow;
import io.carillon.shard.RetainedPage;
import io.carillon.shard.RetainedQuery;
import io.carillon.shard.Shards;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Answers other nodes' questions for retained messages of shards led here. Cluster loop. */
public final class RetainedAnswers {
    private static final int ROWS_ENOUGH = 256;

    private final Loop loop;
    private final Shards shards;
    private final Peers peers;
    private final ShardLeaders leaders;

    public RetainedAnswers(Loop loop, Shards shards, Peers peers, ShardLeaders leaders) {
        this.loop = loop;
        this.shards = shards;
        this.peers = peers;
        this.leaders = leaders;
    }

    /** Reads shard after shard, until a page is full or the next shard is led elsewhere. */
    public void answer(AskRetained question, Consumer<RetainedRows> answer) {
        loop.assertInside();
        if (question.shards().isEmpty() || question.shards().stream().anyMatch(this::isUnknown)) {
            answer.accept(new RetainedRows(List.of(), question.shards(), question.after()));
            return;
        }
        String after = question.after();
        RetainedQuery query =
                new RetainedQuery(
                        TopicFilter.of(question.filter()),
                        question.shards(),
                        after == null ? null : Topic.of(after));
        read(query, new ArrayList<>(), answer);
    }

    private void read(
            @Nullable RetainedQuery query, List<RetainedRow> rows, Consumer<RetainedRows> answer) {
        if (query == null) {
            answer.accept(new RetainedRows(rows, List.of(), null));
        } else if (rows.size() >= ROWS_ENOUGH
                || !peers.self().equals(leaders.leader(query.shard()))) {
            answer.accept(soFar(rows, query));
        } else {
            shards.readLed(query, page -> loop.execute(() -> add(query, page, rows, answer)));
        }
    }

    private void add(
            RetainedQuery query,
            @Nullable RetainedPage page,
            List<RetainedRow> rows,
            Consumer<RetainedRows> answer) {
        if (page == null) {
            answer.accept(soFar(rows, query)); // the leadership has just moved
            return;
        }
        rows.addAll(page.rows());
        read(page.next(), rows, answer);
    }

    private static RetainedRows soFar(List<RetainedRow> rows, RetainedQuery rest) {
        Topic after = rest.after();
        return new RetainedRows(rows, rest.shards(), after == null ? null : after.name());
    }

    private boolean isUnknown(int shard) {
        return shard >= leaders.count();
    }
}
