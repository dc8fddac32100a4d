package io.carillon.simulation;

import io.carillon.cluster.NodeId;
import io.carillon.cluster.interest.SharedPages;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The maps of the whole cluster: late, and away where there is no majority. */
final class SharedMaps {
    private final World world;
    private final Net net;
    private final List<SimNode> nodes;
    private final Map<NodeId, Map<String, byte[]>> pages = new HashMap<>();

    SharedMaps(World world, Net net, List<SimNode> nodes) {
        this.world = world;
        this.net = net;
        this.nodes = nodes;
    }

    /** The pages as a node sees them at its start. */
    SharedPages pages(SimNode node) {
        pages.put(node.id(), new HashMap<>());
        return new SharedPages() {
            @Override
            public CompletionStage<Void> write(List<Page> written) {
                return later(
                        node,
                        () -> {
                            Map<String, byte[]> part = pages.get(node.id());
                            for (Page page : written) {
                                byte @Nullable [] content = page.content();
                                if (content == null) {
                                    part.remove(page.key().text());
                                } else {
                                    part.put(page.key().text(), content);
                                }
                            }
                            return null;
                        });
            }

            @Override
            public CompletionStage<byte @Nullable []> read(NodeId writer, PageKey key) {
                return later(node, () -> pages.getOrDefault(writer, Map.of()).get(key.text()));
            }
        };
    }

    /** Tells the other nodes what this one says of a shard. */
    void put(SimNode from, String key, byte[] value) {
        for (SimNode other : nodes) {
            if (!other.equals(from)) {
                world.in(
                        1 + world.upTo(300),
                        () -> {
                            if (other.isUp() && net.connects(from.number, other.number)) {
                                other.loop()
                                        .execute(
                                                () ->
                                                        other.running()
                                                                .core
                                                                .follower()
                                                                .changed(
                                                                        from.id(),
                                                                        Map.of(key, value),
                                                                        Set.of()));
                            }
                        });
            }
        }
    }

    private <T> CompletionStage<@Nullable T> later(SimNode node, Supplier<@Nullable T> call) {
        CompletableFuture<@Nullable T> done = new CompletableFuture<>();
        boolean fails = node.seen * 2 <= nodes.size() || world.chance(5);
        int boot = node.boot();
        world.in(
                world.upTo(5),
                () -> {
                    if (!node.isUp(boot)) {
                        return;
                    }
                    if (fails) {
                        done.completeExceptionally(new IllegalStateException("the map is away"));
                    } else {
                        done.complete(call.get());
                    }
                });
        return done;
    }
}
