package io.carillon.node.cluster;

import io.carillon.cluster.interest.SharedPages;
import io.carillon.cluster.membership.Members;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link ClusterCore} meets the other nodes by; called on the cluster loop.
 *
 * @param map takes what this node says of its shards, by key, for nodes that join later
 * @param readiness told why the node is not ready, or null when it is
 * @param minority told, perhaps again and again, when clients have to go, and why
 */
public record Meeting(
        Members members,
        Lookup lookup,
        SharedPages pages,
        BiConsumer<String, byte[]> map,
        Consumer<@Nullable String> readiness,
        Consumer<String> minority) {}
