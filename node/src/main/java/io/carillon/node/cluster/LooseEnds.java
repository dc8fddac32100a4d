package io.carillon.node.cluster;

import io.carillon.cluster.NodeId;
import io.carillon.cluster.link.PeerHandler;
import io.carillon.cluster.link.PeerListener;
import io.carillon.cluster.replication.raft.LeaderListener;
import io.carillon.cluster.replication.raft.RaftTransport;

/** What the log and the links need of a {@link ClusterCore}, since they are made before it. */
public final class LooseEnds {
    private final Post post;
    private final Switchboard switchboard = new Switchboard();
    private final Replicas replicas = new Replicas();

    public LooseEnds(NodeId self) {
        this.post = new Post(self);
    }

    /** For the log: sends nothing before the core is there. */
    public RaftTransport transport() {
        return post;
    }

    /** For the log. */
    public LeaderListener leaders() {
        return replicas;
    }

    /** For the links: holds back what comes before the core takes it. */
    public PeerHandler handler() {
        return switchboard;
    }

    /** For the links, likewise. */
    public PeerListener listener() {
        return switchboard;
    }

    Post post() {
        return post;
    }

    Switchboard switchboard() {
        return switchboard;
    }

    Replicas replicas() {
        return replicas;
    }
}
