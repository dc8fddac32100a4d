package io.carillon.net;

import io.carillon.mqtt.packet.Message;
import io.carillon.mqtt.packet.QoS;
import io.carillon.mqtt.packet.Topic;
import io.carillon.mqtt.packet.TopicFilter;
import io.carillon.record.RetainedRow;
import io.carillon.shard.RetainedPage;
import io.carillon.shard.RetainedQuery;
import io.carillon.shard.RetainedSource;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Retained messages below {@code kept/}, in pages of two, the same for every wildcard filter. */
final class FakeRetained implements RetainedSource {
    private static final int PAGE = 2;

    final List<RetainedRow> rows = new ArrayList<>();
    final List<Runnable> held = new ArrayList<>();
    boolean later;
    int reads;

    void keep(String topic, String payload, QoS qos) {
        byte[] bytes = payload.getBytes(StandardCharsets.UTF_8);
        rows.add(new RetainedRow(Message.of(Topic.of(topic), bytes), qos));
    }

    @Override
    public RetainedQuery retained(TopicFilter filter) {
        return new RetainedQuery(filter, List.of(0), null);
    }

    @Override
    public void read(RetainedQuery query, Consumer<RetainedPage> sink) {
        reads++;
        RetainedPage page = page(query);
        if (later) {
            held.add(() -> sink.accept(page));
        } else {
            sink.accept(page);
        }
    }

    private RetainedPage page(RetainedQuery query) {
        List<RetainedRow> matching =
                rows.stream()
                        .filter(
                                row ->
                                        query.filter().pattern().equals("kept/#")
                                                || query.filter()
                                                        .pattern()
                                                        .equals(row.message().topic().name()))
                        .toList();
        int from = 0;
        while (query.after() != null
                && !matching.get(from++).message().topic().equals(query.after())) {
            // On to where the last page ended.
        }
        int to = Math.min(from + PAGE, matching.size());
        List<RetainedRow> page = matching.subList(from, to);
        RetainedQuery next =
                to == matching.size()
                        ? null
                        : new RetainedQuery(
                                query.filter(), List.of(0), page.getLast().message().topic());
        return new RetainedPage(page, next);
    }
}
