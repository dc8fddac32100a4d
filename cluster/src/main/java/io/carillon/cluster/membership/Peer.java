package io.carillon.cluster.membership;

import io.carillon.cluster.Incarnation;
import io.carillon.cluster.NodeId;
import io.carillon.cluster.Voter;
import java.time.Instant;

/**
 * A node that is there.
 *
 * @param incarnation which start of it
 * @param address where its stream for the other nodes listens
 * @param zone what may fail together with it; empty if nothing is known
 * @param since when this node saw it come, by its own clock
 */
public record Peer(
        NodeId node, Incarnation incarnation, HostPort address, String zone, Instant since) {

    /** Its voice in elections. */
    public Voter voter() {
        return new Voter(node, incarnation.disk());
    }
}
