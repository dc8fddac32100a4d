package io.carillon.cluster.membership;

import io.carillon.cluster.NodeId;
import java.time.Instant;

/**
 * A node that is there.
 *
 * @param incarnation which start of it
 * @param address where its stream for the other nodes listens
 * @param since when this node saw it come, by its own clock
 */
public record Peer(NodeId node, Incarnation incarnation, HostPort address, Instant since) {}
