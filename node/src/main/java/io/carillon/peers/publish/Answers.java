package io.carillon.peers.publish;

import io.carillon.cluster.NodeId;
import io.carillon.loop.Loop;
import io.carillon.mqtt.packet.ReasonCode;
import io.carillon.peers.PeerMessage.AllStored;
import io.carillon.peers.PeerMessage.Stored;
import io.carillon.peers.Peers;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What other nodes are told of their publications: nearly always that all of them are stored, so
 * that is one message for all of a turn. On the cluster loop.
 */
final class Answers {
    private final Loop loop;
    private final Peers peers;
    private final Map<NodeId, List<Long>> stored = new HashMap<>();

    Answers(Loop loop, Peers peers) {
        this.loop = loop;
        this.peers = peers;
    }

    /**
     * Answers a publication, in the order of the calls.
     *
     * @param elsewhere the shards that did not take their part
     */
    void add(NodeId to, long receipt, ReasonCode outcome, Collection<Integer> elsewhere) {
        if (outcome != ReasonCode.SUCCESS || !elsewhere.isEmpty()) {
            leave();
            peers.tell(to, new Stored(receipt, outcome, List.copyOf(elsewhere)));
            return;
        }
        if (stored.isEmpty()) {
            loop.atTurnEnd(this::leave);
        }
        stored.computeIfAbsent(to, _ -> new ArrayList<>()).add(receipt);
    }

    private void leave() {
        stored.forEach((to, receipts) -> peers.tell(to, new AllStored(receipts)));
        stored.clear();
    }
}
