package io.carillon.cluster.link.grpc;

import io.carillon.cluster.link.Frame;
import io.carillon.cluster.link.LinkIdentity;
import io.carillon.cluster.link.LinkSettings;
import io.carillon.cluster.link.PeerHandler;
import io.carillon.cluster.link.PeerLinks;
import io.carillon.cluster.link.PeerListener;
import io.carillon.loop.Loop;
import io.grpc.Server;
import io.grpc.ServerCallHandler;
import io.grpc.ServerServiceDefinition;
import io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A node's links over gRPC: a server for the streams of its peers, a channel to each of them, and
 * one thread for all of it.
 */
public final class GrpcLinks implements AutoCloseable {
    /** What a connection may have on its way to a reader that does not read. */
    static final int FLOW_CONTROL_BYTES = 1 << 20;

    private static final long HANDSHAKE_SECONDS = 10;
    private static final long KEEP_ALIVE_SECONDS = 10;
    private static final long CLOSE_SECONDS = 5;

    private final IoLoop io;
    private final Loop loop;
    private final Credentials credentials;
    private final PeerLinks links;
    private final Server server;
    private final AtomicBoolean closed = new AtomicBoolean();

    private GrpcLinks(
            IoLoop io,
            InetSocketAddress bind,
            Credentials credentials,
            LinkIdentity self,
            LinkSettings settings,
            PeerHandler handler,
            PeerListener listener)
            throws IOException {
        this.io = io;
        this.credentials = credentials;
        this.loop = new NettyLoop(io.loop(), "link-0");
        this.links =
                new PeerLinks(
                        loop,
                        new GrpcDialer(io, loop, credentials, settings),
                        self,
                        settings,
                        handler,
                        listener,
                        new SplittableRandom());
        ServerCallHandler<Frame, Frame> streams = (call, _) -> AcceptedWire.take(call, loop, links);
        this.server =
                NettyServerBuilder.forAddress(bind, credentials.server())
                        .bossEventLoopGroup(io.group())
                        .workerEventLoopGroup(io.group())
                        .channelType(io.serverChannel())
                        .directExecutor()
                        .flowControlWindow(FLOW_CONTROL_BYTES)
                        .maxInboundMessageSize(settings.frameBytesMax())
                        .maxConcurrentCallsPerConnection(1)
                        .handshakeTimeout(HANDSHAKE_SECONDS, TimeUnit.SECONDS)
                        .maxConnectionIdle(HANDSHAKE_SECONDS, TimeUnit.SECONDS)
                        .keepAliveTime(KEEP_ALIVE_SECONDS, TimeUnit.SECONDS)
                        .keepAliveTimeout(KEEP_ALIVE_SECONDS, TimeUnit.SECONDS)
                        .addService(
                                ServerServiceDefinition.builder(LinkMethod.SERVICE)
                                        .addMethod(LinkMethod.STREAM, streams)
                                        .build())
                        .build()
                        .start();
    }

    /**
     * Starts a node's links: from then on peers can dial it at the address.
     *
     * @param bind port 0 means any free one
     * @param tls how nodes prove themselves; empty for plain connections
     * @throws LinkException if the address cannot be bound, or a file is no good
     */
    public static GrpcLinks start(
            InetSocketAddress bind,
            Optional<LinkTls> tls,
            LinkIdentity self,
            LinkSettings settings,
            PeerHandler handler,
            PeerListener listener)
            throws LinkException {
        TransportLog.install();
        Credentials credentials = new Credentials(tls);
        IoLoop io = IoLoop.start();
        try {
            return new GrpcLinks(io, bind, credentials, self, settings, handler, listener);
        } catch (IOException | RuntimeException e) {
            io.stop();
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new LinkException(
                    "links between nodes cannot use the address "
                            + bind
                            + " (cluster.peerBind): "
                            + cause.getMessage(),
                    e);
        }
    }

    public PeerLinks links() {
        return links;
    }

    /** The loop of all links, on the thread {@code link-0}. */
    public Loop loop() {
        return loop;
    }

    /** Where peers can dial this node. */
    public InetSocketAddress address() {
        return (InetSocketAddress) server.getListenSockets().getFirst();
    }

    /** Takes up changed certificate files, for new connections; blocks on them. Any thread. */
    public void refreshCertificates() {
        credentials.refresh();
    }

    /** Gives all peers up, ends all connections and the thread; waits for that, ten seconds. */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        CountDownLatch ended = new CountDownLatch(1);
        loop.execute(
                () -> {
                    links.close();
                    ended.countDown();
                });
        try {
            if (ended.await(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                server.shutdownNow().awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        io.stop();
    }
}
