package io.carillon.cluster.link;

import io.carillon.cluster.Incarnation;
import io.carillon.cluster.NodeId;
import io.carillon.cluster.link.Control.Hello;
import io.carillon.cluster.link.Control.Reason;
import io.carillon.cluster.link.Control.Refusal;
import io.carillon.cluster.link.Control.Welcome;
import org.jspecify.annotations.Nullable;

/**
 * Decides who may talk to this node. A refusal says who, what differs and what to do, in words that
 * hold on both sides: both log them.
 */
final class Handshake {
    private final LinkIdentity own;
    private final Versions versions;

    Handshake(LinkIdentity own, Versions versions) {
        this.own = own;
        this.versions = versions;
    }

    /** Whether whoever dialled is accepted; null if so. */
    @Nullable Refusal judge(Hello hello, @Nullable KnownPeer known) {
        LinkIdentity from = hello.from();
        if (versions.highestCommon(hello.versions()).isEmpty()) {
            return new Refusal(
                    Reason.VERSION,
                    ("node %s speaks version %s of the protocol between nodes, node %s version %s:"
                                    + " upgrade the older one, by way of a release that speaks"
                                    + " both if there is none in common")
                            .formatted(from.node(), hello.versions(), own.node(), versions));
        }
        Refusal refusal = judgeIdentity(from);
        if (refusal != null) {
            return refusal;
        }
        if (!hello.expects().equals(own.node())) {
            return wrongAddress(hello.expects(), own.node(), from.node());
        }
        return known == null ? null : judgeAgainst(known, hello);
    }

    /** Whether whoever was dialled is accepted; null if so. */
    @Nullable Refusal judge(Welcome welcome, NodeId expected, @Nullable KnownPeer known) {
        LinkIdentity from = welcome.from();
        if (welcome.version() < versions.min() || welcome.version() > versions.max()) {
            return new Refusal(
                    Reason.VERSION,
                    "node %s chose version %d of the protocol, which node %s did not offer"
                            .formatted(from.node(), welcome.version(), own.node()));
        }
        Refusal refusal = judgeIdentity(from);
        if (refusal != null) {
            return refusal;
        }
        if (!from.node().equals(expected)) {
            return wrongAddress(expected, from.node(), own.node());
        }
        boolean taken =
                known != null && known.holdsName() && !known.identity().disk().equals(from.disk());
        return taken ? sameName(from) : null;
    }

    private @Nullable Refusal judgeIdentity(LinkIdentity from) {
        if (!from.cluster().equals(own.cluster())) {
            return new Refusal(
                    Reason.CLUSTER,
                    ("node %s belongs to the cluster '%s', node %s to '%s': give both the same"
                                    + " cluster.name, or take the address of one out of the"
                                    + " cluster.seeds of the other")
                            .formatted(from.node(), from.cluster(), own.node(), own.cluster()));
        }
        if (from.shards() != own.shards()) {
            return new Refusal(
                    Reason.SHARDS,
                    ("node %s has %d shards, node %s has %d: the number is fixed when a cluster is"
                                    + " made; set cluster.shards to that of the cluster and begin"
                                    + " with an empty data directory on the node that joins")
                            .formatted(from.node(), from.shards(), own.node(), own.shards()));
        }
        if (from.node().equals(own.node())) {
            return from.disk().equals(own.disk())
                    ? new Refusal(
                            Reason.ADDRESS,
                            ("node %s dials its own address, or a copy of its data directory is in"
                                            + " use: correct the addresses, or empty the copy")
                                    .formatted(own.node()))
                    : sameName(from);
        }
        return null;
    }

    private @Nullable Refusal judgeAgainst(KnownPeer known, Hello hello) {
        LinkIdentity from = hello.from();
        if (!known.identity().disk().equals(from.disk())) {
            return known.holdsName() ? sameName(from) : null;
        }
        Incarnation last = known.identity().incarnation();
        Incarnation now = from.incarnation();
        if (now.boot() < last.boot() || (now.boot() == last.boot() && !now.equals(last))) {
            return new Refusal(
                    Reason.START,
                    ("node %s comes as %s, and node %s has seen it as %s: its data directory is a"
                                    + " copy, or older than it was. Use each directory once; one"
                                    + " that was restored has to be emptied, and the node joins"
                                    + " as new")
                            .formatted(from.node(), now, own.node(), last));
        }
        if (now.equals(last)
                && (hello.series() < known.series() || hello.attempt() <= known.attempt())) {
            return new Refusal(
                    Reason.STALE,
                    "node %s has a later connection to node %s".formatted(from.node(), own.node()));
        }
        return null;
    }

    private Refusal sameName(LinkIdentity from) {
        return new Refusal(
                Reason.NAME,
                ("there are two nodes with the name %s, on different data directories (one is %s;"
                                + " says node %s): give each its own node.name; if one replaces"
                                + " the other, stop the old one first")
                        .formatted(from.node(), from.disk(), own.node()));
    }

    private static Refusal wrongAddress(NodeId expected, NodeId found, NodeId dialler) {
        return new Refusal(
                Reason.ADDRESS,
                ("node %s looked for node %s and found node %s: the address is an old one, or"
                                + " cluster.peerBind of the two is confused")
                        .formatted(dialler, expected, found));
    }
}
