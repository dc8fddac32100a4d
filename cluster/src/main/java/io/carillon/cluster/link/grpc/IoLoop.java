package io.carillon.cluster.link.grpc;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.TimeUnit;

/**
 * The one thread for all that nodes say to each other: by the kernel's epoll where its native part
 * loads, else by Java's own selector.
 */
record IoLoop(
        EventLoopGroup group,
        Class<? extends Channel> channel,
        Class<? extends ServerChannel> serverChannel) {
    private static final long STOP_TIMEOUT_SECONDS = 5;

    static IoLoop start() {
        DefaultThreadFactory threads = new DefaultThreadFactory("link");
        return Epoll.isAvailable()
                ? new IoLoop(
                        new MultiThreadIoEventLoopGroup(1, threads, EpollIoHandler.newFactory()),
                        EpollSocketChannel.class,
                        EpollServerSocketChannel.class)
                : new IoLoop(
                        new MultiThreadIoEventLoopGroup(1, threads, NioIoHandler.newFactory()),
                        NioSocketChannel.class,
                        NioServerSocketChannel.class);
    }

    EventLoop loop() {
        return group.next(); // there is one
    }

    /** Ends it once its tasks are done; gives up after five seconds. */
    void stop() {
        group.shutdownGracefully(0, STOP_TIMEOUT_SECONDS, TimeUnit.SECONDS)
                .awaitUninterruptibly(STOP_TIMEOUT_SECONDS, TimeUnit.SECONDS);
    }
}
