package io.carillon.node.cluster;

import io.carillon.cluster.NodeId;
import io.carillon.cluster.interest.SharedPages;
import io.carillon.cluster.membership.LookupMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The pages of what nodes want, in a map of the whole cluster. */
record LookupPages(LookupMap map) implements SharedPages {
    @Override
    public CompletionStage<Void> write(List<Page> pages) {
        Map<String, byte[]> put = new HashMap<>();
        Set<String> removed = new HashSet<>();
        for (Page page : pages) {
            byte @Nullable [] content = page.content();
            if (content == null) {
                removed.add(page.key().text());
            } else {
                put.put(page.key().text(), content);
            }
        }
        return map.write(put, removed);
    }

    @Override
    public CompletionStage<byte @Nullable []> read(NodeId writer, PageKey key) {
        return map.read(writer, key.text());
    }
}
