package io.carillon.net.listen;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The event loops that all connections share, on threads {@code io-0}, {@code io-1} and so on: by
 * the kernel's epoll where its native part loads, else by Java's own selector. A loop accepts,
 * reads, writes and runs the transient sessions of its connections; it never blocks.
 */
public final class IoLoops implements AutoCloseable {
    private static final long STOP_TIMEOUT_SECONDS = 5;

    private final EventLoopGroup group;
    private final List<EventLoop> loops;
    private final Class<? extends ServerChannel> serverChannel;

    private IoLoops(
            int count, IoHandlerFactory transport, Class<? extends ServerChannel> serverChannel) {
        this.group =
                new MultiThreadIoEventLoopGroup(count, new DefaultThreadFactory("io"), transport);
        this.serverChannel = serverChannel;
        List<EventLoop> all = new ArrayList<>();
        for (EventExecutor each : group) {
            int number = all.size();
            // A loop's thread starts with its first task, in any order: the number is the loop's.
            each.execute(() -> Thread.currentThread().setName("io-" + number));
            all.add((EventLoop) each);
        }
        this.loops = List.copyOf(all);
    }

    /** Starts that many loops, by epoll if this system has it. */
    public static IoLoops start(int count) {
        return Epoll.isAvailable()
                ? new IoLoops(count, EpollIoHandler.newFactory(), EpollServerSocketChannel.class)
                : nio(count);
    }

    /** Starts that many loops on Java's own selector. */
    static IoLoops nio(int count) {
        return new IoLoops(count, NioIoHandler.newFactory(), NioServerSocketChannel.class);
    }

    /** The loops, by the number in their threads' names. */
    public List<EventLoop> all() {
        return loops;
    }

    /** What moves the bytes, for the log: {@code epoll} or {@code nio}. */
    public String transport() {
        return serverChannel == EpollServerSocketChannel.class ? "epoll" : "nio";
    }

    /** All loops as Netty wants them. */
    public EventLoopGroup group() {
        return group;
    }

    Class<? extends ServerChannel> serverChannel() {
        return serverChannel;
    }

    /** Ends the loops once their tasks are done; gives up after five seconds. */
    @Override
    public void close() {
        group.shutdownGracefully(0, STOP_TIMEOUT_SECONDS, TimeUnit.SECONDS)
                .awaitUninterruptibly(STOP_TIMEOUT_SECONDS, TimeUnit.SECONDS);
    }
}
