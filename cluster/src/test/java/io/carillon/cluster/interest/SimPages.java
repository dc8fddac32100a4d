package io.carillon.cluster.interest;

import io.carillon.cluster.NodeId;
import io.carillon.cluster.interest.SharedPages.Page;
import io.carillon.cluster.interest.SharedPages.PageKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The shared map, as unreliable as the faults say. */
final class SimPages {
    private final SimNetwork network;
    final Map<NodeId, Map<PageKey, byte[]>> parts = new HashMap<>();

    /** In percent: calls that fail, pages that are lost though they were confirmed. */
    int failing;

    int forgotten;

    SimPages(SimNetwork network) {
        this.network = network;
    }

    void calm() {
        failing = 0;
        forgotten = 0;
    }

    /** The map as one node sees it, at its start. */
    SharedPages of(NodeId node) {
        parts.put(node, new HashMap<>());
        return new SharedPages() {
            @Override
            public CompletionStage<Void> write(List<Page> pages) {
                return later(() -> written(node, pages));
            }

            @Override
            public CompletionStage<byte @Nullable []> read(NodeId writer, PageKey key) {
                return later(() -> parts.getOrDefault(writer, Map.of()).get(key));
            }
        };
    }

    private @Nullable Void written(NodeId node, List<Page> pages) {
        for (Page page : pages) {
            byte @Nullable [] bytes = page.content();
            if (bytes == null) {
                parts.get(node).remove(page.key());
            } else if (!network.chance(forgotten)) {
                parts.get(node).put(page.key(), bytes);
            }
        }
        return null;
    }

    private interface Call<T> {
        @Nullable T run();
    }

    private <T> CompletionStage<@Nullable T> later(Call<T> call) {
        CompletableFuture<@Nullable T> done = new CompletableFuture<>();
        boolean fails = network.chance(failing);
        network.atMillis(
                network.clock.millis() + network.random.nextLong(5),
                () -> {
                    if (fails) {
                        done.completeExceptionally(new IllegalStateException("the map is away"));
                    } else {
                        done.complete(call.run());
                    }
                });
        return done;
    }
}
