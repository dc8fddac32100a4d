package io.carillon.node.cluster;

import io.carillon.cluster.NodeId;
import io.carillon.cluster.ShardId;
import io.carillon.cluster.interest.PeerStreams;
import io.carillon.cluster.link.Delivery;
import io.carillon.cluster.link.PeerLink;
import io.carillon.cluster.link.PeerLinks;
import io.carillon.cluster.replication.raft.RaftTransport;
import io.carillon.loop.AnyThread;
import io.carillon.loop.Loop;
import io.carillon.peers.PeerCodec;
import io.carillon.peers.PeerMessage;
import io.carillon.peers.Peers;
import io.carillon.peers.UnreadableMessage;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** Sends over the links what the parts of this node say to other nodes. On the cluster loop. */
final class Post implements Peers, PeerStreams, RaftTransport {
    private static final int LOG_HEADER_BYTES = Short.BYTES + Long.BYTES;

    private final NodeId self;

    /** Set once, before anything is sent: the links need to be told who takes what comes. */
    private volatile @Nullable PeerLinks links;

    private @Nullable Loop loop;
    private boolean flushComes;

    Post(NodeId self) {
        this.self = self;
    }

    void over(PeerLinks opened, Loop clusterLoop) {
        loop = clusterLoop;
        links = opened;
    }

    @Override
    public NodeId self() {
        return self;
    }

    @Override
    public boolean isThere(NodeId node) {
        return link(node) != null;
    }

    @Override
    public boolean tell(NodeId to, PeerMessage message) {
        return offer(to, Delivery.KEPT, Kind.TRAFFIC, PeerCodec.encode(message));
    }

    @Override
    public void tellOnce(NodeId to, PeerMessage message) {
        offer(to, Delivery.LOSSY, Kind.TRAFFIC, PeerCodec.encode(message));
    }

    @Override
    public CompletableFuture<PeerMessage> ask(NodeId to, PeerMessage question, long timeoutMillis) {
        PeerLink link = link(to);
        if (link == null) {
            return CompletableFuture.failedFuture(
                    new IllegalStateException("node " + to + " is not there"));
        }
        return link.call(Kind.QUESTION, PeerCodec.encode(question), timeoutMillis)
                .thenApply(Post::decode);
    }

    @Override
    public boolean send(NodeId peer, byte[] message) {
        return offer(peer, Delivery.KEPT, Kind.ROUTES, message);
    }

    /** Tells all nodes that are there. */
    void tellAll(Delivery delivery, byte kind, byte[] body) {
        PeerLinks opened = links;
        if (opened != null) {
            opened.stats().keySet().forEach(node -> offer(node, delivery, kind, body));
        }
    }

    boolean offer(NodeId to, Delivery delivery, byte kind, byte[] body) {
        PeerLink link = link(to);
        if (link == null) {
            return false;
        }
        boolean taken = link.offer(delivery, kind, body);
        flushAtTurnEnd();
        return taken;
    }

    /** {@inheritDoc} On the loops of the shards. */
    @Override
    @AnyThread
    public void send(NodeId to, ShardId shard, long generation, byte[] frame) {
        PeerLink link = link(to);
        if (link != null) {
            byte[] body =
                    ByteBuffer.allocate(LOG_HEADER_BYTES + frame.length)
                            .putShort((short) shard.number())
                            .putLong(generation)
                            .put(frame)
                            .array();
            link.offer(Delivery.LOSSY, Kind.LOG, body);
        }
    }

    @Override
    @AnyThread
    public void flush() {
        PeerLinks opened = links;
        if (opened != null) {
            opened.flush();
        }
    }

    private @Nullable PeerLink link(NodeId node) {
        PeerLinks opened = links;
        return opened == null ? null : opened.link(node).orElse(null);
    }

    private void flushAtTurnEnd() {
        Loop turns = loop;
        if (!flushComes && turns != null) {
            flushComes = true;
            turns.atTurnEnd(this::turnEnded);
        }
    }

    private void turnEnded() {
        flushComes = false;
        flush();
    }

    private static PeerMessage decode(byte[] bytes) {
        try {
            return PeerCodec.decode(bytes);
        } catch (UnreadableMessage e) {
            throw new CompletionException(e);
        }
    }
}
