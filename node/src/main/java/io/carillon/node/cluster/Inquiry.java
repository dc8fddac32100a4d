package io.carillon.node.cluster;

import io.carillon.cluster.ownership.intent.Intention;
import java.util.function.Consumer;

/**
 * Finds out what the operator asks of the cluster at this node. Called on the cluster loop, must
 * not block; answers once or never, on any thread.
 */
@FunctionalInterface
public interface Inquiry {
    /** Nobody asks for anything. */
    Inquiry NONE = _ -> {};

    void ask(Consumer<Intention> answer);
}
