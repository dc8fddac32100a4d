package io.carillon.net.listen;

import io.carillon.config.ListenerConfig;
import io.carillon.loop.AnyThread;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * All places where clients connect, by TCP and what rests on it [MQTT-4.2.0-1] [MQTT3-7.1.1-1].
 * Certificates that change on disk are taken up within a minute.
 */
@AnyThread
public final class Listeners implements AutoCloseable {
    /** Clients that all come back at once wait here; beyond it they try again after a second. */
    private static final int BACKLOG = 4_096;

    private static final int READ_BYTES_MIN = 512;
    private static final int READ_BYTES_INITIAL = 2 << 10;
    private static final int READ_BYTES_MAX = 64 << 10;

    private final IoLoops loops;
    private final ListenLimits limits;
    private final ConnectionHandlers handlers;
    private final ListenCounts counts;
    private final Admission admission;
    private final List<TlsContext> contexts = new ArrayList<>();
    private final List<Channel> sockets = new ArrayList<>();
    private final List<BoundListener> bound = new ArrayList<>();

    private Listeners(
            IoLoops loops, ListenLimits limits, ConnectionHandlers handlers, ListenCounts counts) {
        this.loops = loops;
        this.limits = limits;
        this.handlers = handlers;
        this.counts = counts;
        this.admission = new Admission(limits.connectionsMax(), counts.refusals());
    }

    /**
     * Opens all listeners, in their order. Blocks until they accept.
     *
     * @throws ListenException if one of them cannot; then none is open
     */
    public static Listeners open(
            Collection<ListenerConfig> configs,
            ListenLimits limits,
            IoLoops loops,
            ConnectionHandlers handlers,
            ListenCounts counts)
            throws ListenException {
        Listeners listeners = new Listeners(loops, limits, handlers, counts);
        try {
            // All certificates first: a client must not get in before it is sure that all is well.
            List<ChannelSetup> setups = new ArrayList<>();
            for (ListenerConfig config : configs) {
                setups.add(listeners.setup(config));
            }
            int next = 0;
            for (ListenerConfig config : configs) {
                listeners.bind(config, setups.get(next++));
            }
        } catch (ListenException e) {
            listeners.close();
            throw e;
        }
        listeners.watchCertificates();
        return listeners;
    }

    /** The listeners, in their order. */
    public List<BoundListener> bound() {
        return List.copyOf(bound);
    }

    /** When the first of the certificates in use ends; empty without TLS. */
    public Optional<Instant> certificateExpiry() {
        return contexts.stream().map(TlsContext::expiry).min(Instant::compareTo);
    }

    /** Takes up certificates that have changed. Blocks on their files. */
    public void refreshCertificates() {
        contexts.forEach(TlsContext::refresh);
    }

    /** Stops accepting; connections stay. */
    @Override
    public void close() {
        sockets.forEach(socket -> socket.close().awaitUninterruptibly());
        contexts.forEach(TlsContext::close);
    }

    private ChannelSetup setup(ListenerConfig config) throws ListenException {
        TlsContext tls = null;
        if (config.tls().isPresent()) {
            tls = TlsContext.of(config.name(), config.tls().get(), limits.handshakeTimeoutMillis());
            contexts.add(tls);
        }
        return new ChannelSetup(config, tls, limits.frameBytesMax(), admission, handlers, counts);
    }

    private void bind(ListenerConfig config, ChannelSetup setup) throws ListenException {
        InetSocketAddress address = config.bind().toSocketAddress();
        ChannelFuture binding =
                new ServerBootstrap()
                        .group(loops.group())
                        .channel(loops.serverChannel())
                        .option(ChannelOption.SO_BACKLOG, BACKLOG)
                        .option(ChannelOption.SO_REUSEADDR, true)
                        // TCP_NODELAY is Netty's default for what is accepted: asking again would
                        // be
                        // another system call per connection. SO_KEEPALIVE finds dead peers of
                        // clients that ask for no keep-alive of MQTT's own.
                        .childOption(ChannelOption.SO_KEEPALIVE, true)
                        .childOption(
                                ChannelOption.RECVBUF_ALLOCATOR,
                                new AdaptiveRecvByteBufAllocator(
                                        READ_BYTES_MIN, READ_BYTES_INITIAL, READ_BYTES_MAX))
                        .handler(new AcceptGuard(config.name(), counts.acceptFailures()))
                        .childHandler(setup)
                        .bind(address)
                        .awaitUninterruptibly();
        if (!binding.isSuccess()) {
            throw BindFailure.of(config.name(), config.bind().toString(), address, binding.cause());
        }
        sockets.add(binding.channel());
        bound.add(new BoundListener(config, (InetSocketAddress) binding.channel().localAddress()));
    }

    private void watchCertificates() {
        if (!contexts.isEmpty()) {
            // On a thread that may block; the timer ends with the loops.
            loops.group()
                    .scheduleWithFixedDelay(
                            () -> Thread.startVirtualThread(this::refreshCertificates),
                            1,
                            1,
                            TimeUnit.MINUTES);
        }
    }
}
