package io.carillon.cluster.link;

import io.carillon.cluster.NodeId;
import io.carillon.cluster.link.Control.Hello;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What this node remembers of the peers that dialled it. One that was forgotten hands its kept
 * messages back to their sender. On the links' loop.
 */
final class Receivers {
    private static final int NODES_MAX = 1_024;

    private final Map<NodeId, Receiver> receivers = new HashMap<>();

    @Nullable KnownPeer known(NodeId node) {
        Receiver receiver = receivers.get(node);
        return receiver == null ? null : receiver.known();
    }

    /** The receiver for whoever said hello; made if it is a new start, or a new count. */
    Receiver of(Hello hello, Function<Hello, Receiver> make) {
        NodeId node = hello.from().node();
        Receiver last = receivers.get(node);
        if (last != null && last.isContinuedBy(hello)) {
            return last;
        }
        if (last != null) {
            last.replaced();
        } else if (receivers.size() >= NODES_MAX) {
            receivers.values().removeIf(each -> !each.known().holdsName());
        }
        Receiver next = make.apply(hello);
        receivers.put(node, next);
        return next;
    }

    void beat() {
        receivers.values().forEach(Receiver::beat);
    }
}
