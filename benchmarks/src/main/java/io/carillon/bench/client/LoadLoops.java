package io.carillon.bench.client;

import io.carillon.bench.report.Latency;
import io.carillon.bench.report.Tally;
import io.carillon.bench.transport.Transport;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelOption;
import io.netty.channel.ConnectTimeoutException;
import io.netty.channel.EventLoop;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The event loops of a run, with epoll where the system has it. Any thread may call it. */
public final class LoadLoops implements AutoCloseable {
    private static final int CONNECT_TIMEOUT_MILLIS = 10_000;

    private final Transport transport;
    private final MultiThreadIoEventLoopGroup group;
    private final List<LoadLoop> loops = new ArrayList<>();

    public LoadLoops(int threads, Transport transport) {
        this.transport = transport;
        IoHandlerFactory io =
                Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
        group = new MultiThreadIoEventLoopGroup(threads, io);
        for (int i = 0; i < threads; i++) {
            EventLoop next = group.next();
            loops.add(new LoadLoop(next));
        }
    }

    /** The loop for the client of that number. */
    public LoadLoop loop(int client) {
        return loops.get(client % loops.size());
    }

    /**
     * Connects a client.
     *
     * @param source the local address to connect from, or null for the system's choice
     */
    public void connect(Client client, InetSocketAddress to, @Nullable InetSocketAddress source) {
        Bootstrap bootstrap =
                new Bootstrap()
                        .group(client.loop().events())
                        .channel(socketType())
                        .option(ChannelOption.TCP_NODELAY, true)
                        .option(ChannelOption.RECVBUF_ALLOCATOR, client.loop().reads())
                        .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_TIMEOUT_MILLIS)
                        .handler(transport.under(client, to));
        if (source != null) {
            if (Epoll.isAvailable()) {
                // The port is chosen when the peer is known: each pair of addresses has them all.
                bootstrap.option(EpollChannelOption.IP_BIND_ADDRESS_NO_PORT, true);
            }
            bootstrap.localAddress(source);
        }
        bootstrap
                .connect(to)
                .addListener(
                        done -> {
                            if (!done.isSuccess()) {
                                client.fail(whyNot(to, done.cause()));
                            }
                        });
    }

    private static String whyNot(InetSocketAddress to, Throwable cause) {
        String next =
                switch (cause) {
                    case ConnectTimeoutException _ -> "; is it reachable?";
                    case ConnectException _ -> "; does the broker listen there?";
                    case BindException _ ->
                            "; the ports of this address are used up for a minute:"
                                    + " --sources takes more addresses";
                    default -> "";
                };
        return "cannot connect to " + to + ": " + cause + next;
    }

    private static Class<? extends SocketChannel> socketType() {
        return Epoll.isAvailable() ? EpollSocketChannel.class : NioSocketChannel.class;
    }

    /** What lies between TCP and MQTT. */
    public Transport transport() {
        return transport;
    }

    /** All loops, in the order in which {@link #loop} gives them out. */
    public List<LoadLoop> all() {
        return List.copyOf(loops);
    }

    /** Does something on each loop's thread and waits until all have. */
    public void onEach(Consumer<LoadLoop> action) {
        gather(
                loop -> {
                    action.accept(loop);
                    return loop;
                });
    }

    /** What all clients have counted so far. */
    public Tally tally() {
        return gather(loop -> loop.counters().tally()).stream().reduce(Tally.ZERO, Tally::plus);
    }

    /** The first fault of the first loop that has one. */
    public Optional<String> firstFault() {
        return gather(loop -> Optional.ofNullable(loop.counters().firstFault())).stream()
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** The latencies of all loops since they were last cleared. */
    public Latency latency() {
        return sum(LoadLoop::latency);
    }

    /** The same of what {@link LoadLoop#lateness} tells. */
    public Latency lateness() {
        return sum(LoadLoop::lateness);
    }

    private Latency sum(Function<LoadLoop, Latency> part) {
        Latency sum = new Latency();
        onEach(
                loop -> {
                    synchronized (sum) {
                        sum.add(part.apply(loop));
                    }
                });
        return sum;
    }

    private <T> List<T> gather(Function<LoadLoop, T> question) {
        List<Future<T>> answers = new ArrayList<>();
        for (LoadLoop loop : loops) {
            answers.add(loop.events().submit(() -> question.apply(loop)));
        }
        List<T> values = new ArrayList<>();
        for (Future<T> answer : answers) {
            try {
                values.add(answer.get());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted", e);
            } catch (ExecutionException e) {
                throw new IllegalStateException(e.getCause());
            }
        }
        return values;
    }

    /** Drops all connections. */
    @Override
    public void close() {
        onEach(loop -> loop.reads().close());
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }
}
