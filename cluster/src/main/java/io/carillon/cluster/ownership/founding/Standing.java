package io.carillon.cluster.ownership.founding;

import io.carillon.cluster.Voter;
import org.jspecify.annotations.Nullable;

/**
 * What a node says of itself to all others. Each is true for ever, but for one that says there is
 * no charter; so they may be lost, late, doubled and out of order.
 *
 * @param charter the one that the node has on disk, or null
 * @param founded whether the node knows that all founders have it
 */
public record Standing(Voter from, @Nullable Charter charter, boolean founded) {}
